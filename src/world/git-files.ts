import type { InGit, LeftOut } from '../flow/commit-plan.ts';
import { exactText, type Content } from '../tree/content.ts';
import type { Step } from '../tree/step.ts';
import { headEntries, ignoredAmong, indexEntries, type GitEntry } from './git-entries.ts';
import { askGit } from './git-inert.ts';
import { storeBlob, type IndexLine } from './git-objects.ts';

/** What git has of the files of some steps, and how other contents of them are written into an index. */
export interface GitFiles {
  readonly inGit: (path: string) => InGit;
  readonly linesFor: (contents: ReadonlyMap<string, Content | undefined>) => IndexLine[];
  /** The index as it is. */
  readonly linesNow: (paths: Iterable<string>) => IndexLine[];
}

/** Reads what git has of the files of some steps, as the last commit and the index have it. */
export function openGitFiles(root: string, steps: readonly Step[]): GitFiles {
  const paths = [...new Set(steps.map(({ path }) => path))];
  const heads = headEntries(root, paths);
  const index = indexEntries(root, paths) ?? new Map<string, GitEntry>();
  const prefix = askGit(root, ['rev-parse', '--show-prefix']).output.toString().replace(/\n$/, '');
  const modes = new Map(steps.map((step) => [step.path, (step.mode ?? 0) & 0o100 ? '100755' : '100644']));
  const line = (path: string, id: string | undefined): IndexLine => {
    const mode = index.get(path)?.mode ?? modes.get(path) ?? '100644';
    return { path: prefix + path, mode, id };
  };
  return {
    inGit: (path) => ({ head: contentOf(root, heads.get(path)), index: contentOf(root, index.get(path)) }),
    linesFor: (contents) =>
      [...contents].map(([path, content]) => line(path, content === undefined ? undefined : storeBlob(root, content))),
    linesNow: (all) => [...all].map((path) => line(path, index.get(path)?.id)),
  };
}

function contentOf(root: string, entry: GitEntry | undefined): Content | undefined {
  if (!entry) return undefined;
  const { output } = askGit(root, ['cat-file', 'blob', entry.id]);
  return exactText(output) ?? new Uint8Array(output);
}

/** Files of some steps that must not be committed, or that git would not store as they are. */
export function keptOut(root: string, steps: readonly Step[]): LeftOut[] {
  const paths = [...new Set(steps.map(({ path }) => path))];
  const secret = new Set(steps.filter((step) => step.secret).map(({ path }) => path));
  const tracked = indexEntries(root, paths);
  const untracked = paths.filter((path) => !tracked?.has(path));
  const ignored = ignoredAmong(root, untracked);
  const rewritten = rewrittenAmong(root, paths);
  return paths.flatMap((path): LeftOut[] => {
    if (secret.has(path)) return [{ path, why: 'holds secrets' }];
    if (ignored.has(path)) return [{ path, why: 'is ignored' }];
    return rewritten.has(path) ? [{ path, why: 'is rewritten by a filter of the repository' }] : [];
  });
}

/** Files for which a filter or another encoding stands in git. Git answers with path, attribute and value in turn. */
function rewrittenAmong(root: string, paths: readonly string[]): ReadonlySet<string> {
  const words = ['check-attr', '-z', '--stdin', 'filter', 'working-tree-encoding'];
  const answers = askGit(root, words, { input: paths.join('\0') })
    .output.toString()
    .split('\0');
  const plain = new Set(['unspecified', 'unset', undefined]);
  return new Set(answers.filter((path, at) => at % 3 === 0 && path !== '' && !plain.has(answers[at + 2])));
}
