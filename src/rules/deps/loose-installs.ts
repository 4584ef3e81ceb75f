import { dockerfilesOf, runWords } from '../../repository/dockerfiles.ts';
import type { Lockfile } from '../../repository/lockfiles.ts';
import { ciCommandsOf, placeOfCommand } from '../../repository/pipelines.ts';
import { installs } from '../../repository/programs.ts';
import type { Repository } from '../../repository/repository.ts';
import { withoutWrappers } from '../../repository/script-wrappers.ts';
import type { RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

/** Installs in CI and in images that may bring other versions than those of the lock file. */
export function looseInstalls(repository: Repository, locks: readonly Lockfile[]): RuleFinding[] {
  if (locks.length === 0) return [];
  const inCi = ciCommandsOf(repository)
    .filter(({ words }) => isLoose(words, locks, true))
    .map((command) => ({ ...placeOfCommand(command), words: command.words }));
  const inImages = dockerfilesOf(repository).flatMap(({ path, stages }) =>
    stages.flatMap(({ instructions }) =>
      instructions
        .filter(({ keyword }) => keyword === 'RUN')
        .flatMap((instruction) =>
          runWords(instruction)
            .map(withoutWrappers)
            .filter((words) => isLoose(words, locks, false))
            .map((words) => ({ path, line: instruction.line, words })),
        ),
    ),
  );
  const places = [...inCi, ...inImages];
  const once = places.filter(
    (place, index) => places.findIndex(({ path, line }) => path === place.path && line === place.line) === index,
  );
  return once.map(({ path, line, words }) => ({
    verdict: 'fail',
    message: 'What is built may hold other versions than those of the lock file, which were tried.',
    ...proofAt(repository, path, line),
    confidence: 'certain',
    remedy: `Write ${frozen[words[0] ?? ''] ?? 'npm ci'} instead of ${words.join(' ')}.`,
  }));
}

const frozen: Readonly<Record<string, string>> = {
  npm: '`npm ci`',
  yarn: '`yarn install --frozen-lockfile`',
  pnpm: '`pnpm install --frozen-lockfile`',
  bun: '`bun ci`',
};

/** pnpm, and Yarn since 2, refuse a lock file that does not fit when they run in CI; in an image they do not know that it is CI. */
function isLoose(words: readonly string[], locks: readonly Lockfile[], inCi: boolean): boolean {
  if (installs({ words }) !== 'loose') return false;
  const [program] = words;
  const berry = locks.some((lock) => lock.berry);
  if (program === 'pnpm') return words.includes('--no-frozen-lockfile');
  if (program === 'yarn') return berry ? words.includes('--no-immutable') : true;
  return program === 'npm' || (program === 'bun' && inCi);
}
