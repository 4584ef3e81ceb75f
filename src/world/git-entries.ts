import { pathsIn } from './git-index.ts';
import { askGit } from './git-inert.ts';

/** An entry of the index or of a commit. */
export interface GitEntry {
  /** Six digits, such as 100644. */
  readonly mode: string;
  readonly id: string;
  /** Not 0 where a merge has left several. */
  readonly stage: string;
}

/** The index of some files; undefined where git cannot read it. */
export function indexEntries(root: string, paths: readonly string[]): Map<string, GitEntry> | undefined {
  if (paths.length === 0) return new Map();
  const { ok, output } = askGit(root, ['ls-files', '-s', '-z', '--', ...paths]);
  return ok ? entriesIn(output, ([mode = '', id = '', stage = '']) => ({ mode, id, stage })) : undefined;
}

/** Some files as the last commit has them; none before the first. */
export function headEntries(root: string, paths: readonly string[]): Map<string, GitEntry> {
  if (paths.length === 0) return new Map();
  const { ok, output } = askGit(root, ['ls-tree', '-z', 'HEAD', '--', ...paths]);
  return ok ? entriesIn(output, ([mode = '', , id = '']) => ({ mode, id, stage: '0' })) : new Map();
}

/** Those of some untracked files that are ignored; all of them where git cannot tell. */
export function ignoredAmong(root: string, paths: readonly string[]): ReadonlySet<string> {
  if (paths.length === 0) return new Set();
  const { ok, output } = askGit(root, ['ls-files', '-o', '-i', '--exclude-standard', '-z', '--', ...paths]);
  return new Set(ok ? pathsIn(output) : paths);
}

/** `words<tab>path` */
function entriesIn(output: Buffer, entry: (words: readonly string[]) => GitEntry): Map<string, GitEntry> {
  return new Map(
    pathsIn(output).map((line) => {
      const tab = line.indexOf('\t');
      return [line.slice(tab + 1), entry(line.slice(0, tab).split(' '))];
    }),
  );
}
