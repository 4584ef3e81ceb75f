import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { holds } from './git-changes.ts';
import { headEntries, ignoredAmong, indexEntries, type GitEntry } from './git-entries.ts';
import { repositoryAround } from './state-folder.ts';

/** A file of which git does not have what the disk has. */
export interface DirtyFile {
  readonly path: string;
  /** `untracked` and `ignored` files have no copy in git at all. */
  readonly dirt: 'changed' | 'staged' | 'removed' | 'in conflict' | 'untracked' | 'ignored';
}

/**
 * Which of some files have changes that are not committed; undefined where there is no repository that git can read. Contents are
 * compared by us, so that nothing the repository configures is run: a file that a filter rewrites (LFS, git-crypt) counts as changed.
 */
export function dirtyFiles(root: string, paths: readonly string[]): readonly DirtyFile[] | undefined {
  const real = realpathSync(root);
  const index = repositoryAround(real) && indexEntries(real, paths);
  if (!index) return undefined;
  const head = headEntries(real, paths);
  const unknown = paths.filter((path) => !index.has(path) && !head.has(path) && isThere(real, path));
  const ignored = ignoredAmong(real, unknown);
  return paths.flatMap((path): DirtyFile[] => {
    const dirt = dirtOf(real, path, head.get(path)?.id, index.get(path));
    if (dirt) return [{ path, dirt }];
    if (unknown.includes(path)) return [{ path, dirt: ignored.has(path) ? 'ignored' : 'untracked' }];
    return [];
  });
}

function dirtOf(
  root: string,
  path: string,
  head: string | undefined,
  index: GitEntry | undefined,
): DirtyFile['dirt'] | undefined {
  if (index && index.stage !== '0') return 'in conflict';
  if (!index) return head === undefined ? undefined : 'staged';
  if (!isThere(root, path)) return 'removed';
  if (!holds(join(root, path), index.id)) return 'changed';
  return index.id === head ? undefined : 'staged';
}

function isThere(root: string, path: string): boolean {
  return lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}
