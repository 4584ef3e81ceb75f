import { foreignMarks } from '../../repository/attributes.ts';
import type { Repository } from '../../repository/repository.ts';
import type { LookForLoss } from './loss.ts';

const path = '.gitattributes';

/** Files that were judged before and are called generated or foreign now: nothing looks at them any more. */
export const newlyForeign: LookForLoss = (before, after) => {
  const known = new Set(patternsOf(before));
  return patternsOf(after)
    .filter((pattern) => !known.has(pattern) && judgedBefore(before, pattern))
    .map((pattern) => ({
      control: 'foreign files',
      rule: 'agent/guard-files-protected',
      message: `Nobody judges ${pattern} any more: ${path} calls those files generated or foreign.`,
      where: { path },
      remedy: `Take the line about ${pattern} out of ${path}, unless a tool really writes those files.`,
      key: `foreign ${pattern}`,
    }));
};

function patternsOf(repository: Repository): string[] {
  return foreignMarks(repository.read(path) ?? '').map(({ pattern }) => pattern);
}

function judgedBefore(before: Repository, pattern: string): boolean {
  const [mark] = foreignMarks(`${pattern} linguist-generated`);
  return before.files.some((file) => (file.role === 'source' || file.role === 'test') && mark?.matches.test(file.path));
}
