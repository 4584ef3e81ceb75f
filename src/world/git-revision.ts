import { basename, resolve } from 'node:path';
import { KnownError } from '../errors.ts';
import { openRepository } from '../repository/open.ts';
import type { NotRead, Repository } from '../repository/repository.ts';
import { isBelowSkippedFolder, roleOf } from '../repository/roles.ts';
import { byCodeUnit } from '../tree/lines.ts';
import { blobReader } from './git-blobs.ts';
import { pathsIn } from './git-index.ts';
import { askGit } from './git-inert.ts';

/** One file of a revision. */
export interface RevisionFile {
  /** Relative to the folder that was asked about, with `/`. */
  readonly path: string;
  /** The id of its content. */
  readonly id: string;
  /** In bytes. */
  readonly size: number;
}

/** Opens the folder as it is in a revision. Throws `unknown-revision` and `no-git`. */
export function openRevision(folder: string, revision: string): Repository {
  const head = commitOf(folder, revision);
  const { files, notRead, tracked } = filesOf(folder, head);
  const blob = blobReader(folder, files);
  return openRepository({
    name: basename(resolve(folder)),
    files: files.map(({ path, size }) => ({ path, size, tracked: true, role: roleOf(path) })),
    notRead,
    git: { head, tracked },
    bytes: blob,
  });
}

/** The commit that a revision names, 40 hex digits. Throws `unknown-revision` and `no-git`. */
export function commitOf(folder: string, revision: string): string {
  // A word that begins with a dash would be a flag for git, and no revision does.
  const words = ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`];
  const answer = revision.startsWith('-') || revision.includes('\0') ? undefined : askGit(folder, words);
  if (answer?.ok) return answer.output.toString().trim();
  if (!askGit(folder, ['rev-parse', '--git-dir']).ok) throw notARepository(folder);
  throw new KnownError({
    code: 'unknown-revision',
    what: `git knows no revision ${JSON.stringify(revision)} here.`,
    where: folder,
    next: 'Name a branch, tag or commit that `git log` shows. In CI, fetch the history first: actions/checkout with `fetch-depth: 0`, or `git fetch --unshallow`.',
  });
}

/** The commit in which the revision and what is checked out last agreed; undefined where they share no history here. Throws like `commitOf`. */
export function mergeBase(folder: string, revision: string): string | undefined {
  const other = commitOf(folder, revision);
  const answer = askGit(folder, ['merge-base', 'HEAD', other]);
  return answer.ok ? answer.output.toString().trim() : undefined;
}

interface RevisionFiles {
  readonly files: readonly RevisionFile[];
  readonly notRead: readonly NotRead[];
  readonly tracked: ReadonlySet<string>;
}

/** The regular files of a commit, sorted. Links and submodules are noted; what is installed or built only counts as tracked. */
export function filesOf(folder: string, commit: string): RevisionFiles {
  const answer = askGit(folder, ['ls-tree', '-r', '-z', '-l', commit]);
  if (!answer.ok) throw notReadable(folder, answer.why);
  const files: RevisionFile[] = [];
  const notRead: NotRead[] = [];
  const tracked = new Set<string>();
  for (const entry of pathsIn(answer.output)) {
    const tab = entry.indexOf('\t');
    const [mode, , id = '', size] = entry.slice(0, tab).split(/ +/);
    const path = entry.slice(tab + 1);
    tracked.add(path);
    if (isBelowSkippedFolder(path)) continue;
    if (mode === '160000') notRead.push({ path, why: 'a submodule: check it by itself' });
    else if (mode !== '120000') files.push({ path, id, size: Number(size) });
  }
  return { files: files.toSorted((one, other) => byCodeUnit(one.path, other.path)), notRead, tracked };
}

function notARepository(folder: string): KnownError {
  return new KnownError({
    code: 'no-git',
    what: 'There is no git repository that could be read, so there is nothing to compare with.',
    where: folder,
    next: 'Run it in a git repository, or leave out --diff, --changed and --history.',
  });
}

function notReadable(folder: string, why: string): KnownError {
  return new KnownError({
    code: 'no-git',
    what: `The revision could not be listed: ${why}.`,
    where: folder,
    next: 'Fetch what is missing: git fetch --unshallow, or git fetch --refetch in a partial clone.',
  });
}
