import type { Repository } from '../../repository/repository.ts';
import type { LookForLoss } from './loss.ts';

const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** Lines of CODEOWNERS that are gone, or that name nobody any more: those files can be changed without anybody being asked. */
export const removedOwners: LookForLoss = (before, after) => {
  const now = ownersOf(after);
  return [...ownersOf(before)].flatMap(([pattern, { owners, path }]) => {
    const left = now.get(pattern)?.owners ?? [];
    if (owners.length === 0 || left.length > 0) return [];
    return [
      {
        control: 'owners',
        rule: 'agent/guard-files-protected',
        message: `Nobody has to agree to a change of ${pattern} any more: before, ${owners.join(' and ')} had to.`,
        where: after.file(path) ? { path } : { path: '.' },
        remedy: `Bring the line back: ${pattern} ${owners.join(' ')}`,
        key: `owners ${pattern}`,
      } as const,
    ];
  });
};

function ownersOf(repository: Repository): Map<string, { owners: readonly string[]; path: string }> {
  const path = places.find((candidate) => repository.file(candidate)) ?? '';
  const lines = (repository.read(path) ?? '').split('\n').map((line) => line.replace(/(?:^|\s)#.*$/, '').trim());
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('['))
      .map((line) => {
        const [pattern = '', ...owners] = line.split(/\s+/);
        return [pattern, { owners: owners.filter((owner) => owner.includes('@')), path }];
      }),
  );
}
