import { join } from 'node:path';
import { KnownError } from '../errors.ts';
import type { NotRead } from '../repository/repository.ts';
import { isBelowSkippedFolder } from '../repository/roles.ts';
import { textFrom } from '../repository/text.ts';
import { largest } from './checkout-bytes.ts';
import { blobReader } from './git-blobs.ts';
import { holds } from './git-changes.ts';
import { gitViewOf, type GitView } from './git-index.ts';
import { askGit } from './git-inert.ts';

/** A content that git keeps and the work tree does not show. */
export interface HistoricBlob {
  /** The id of the content. */
  readonly id: string;
  /** Where the first commit that has it keeps it, relative to the folder, with `/`. */
  readonly path: string;
  /** The oldest commit that has it. */
  readonly commit: string;
  readonly text: string;
}

/** A content before it is read. */
interface Listed {
  readonly id: string;
  readonly path: string;
  readonly commit: string;
}

/** Milliseconds for a walk through the whole history: a large one takes minutes. */
const patience = 600_000;

/**
 * Every text that a branch, tag or stash reaches and that does not lie in the work tree as it is: each once, oldest first, a few at a time
 * in memory. What is installed or built is left out. What cannot be read goes to `note`. Throws `no-git`.
 */
export function* historyBlobs(folder: string, note: (notRead: NotRead) => void): Generator<HistoricBlob> {
  const view = gitViewOf(folder);
  if (!view || 'why' in view) throw notARepository(folder, view?.why);
  const present = presentIn(folder, view);
  const listed = listedIn(folder, note).filter(({ id, path }) => !present.has(id) && !isBelowSkippedFolder(path));
  const blobs = withSizes(folder, listed, note);
  // The reader knows contents by name; the id is the only name that is used once.
  const read = blobReader(
    folder,
    blobs.map(({ id, size }) => ({ path: id, id, size })),
  );
  for (const { id, path, commit, size } of blobs) {
    const bytes = size > largest ? undefined : read(id);
    if (typeof bytes !== 'object') continue;
    const text = textFrom(bytes);
    if (text !== undefined) yield { id, path, commit, text };
  }
}

/** The contents that lie in the work tree as git knows them: whoever reads the files has seen those. */
function presentIn(folder: string, { contents }: GitView): ReadonlySet<string> {
  const present = [...contents].filter(([path, id]) => !isBelowSkippedFolder(path) && holds(join(folder, path), id));
  return new Set(present.map(([, id]) => id));
}

/** Everything that is reachable and has a name, trees too. Each object comes after the first commit that has it. */
function listedIn(folder: string, note: (notRead: NotRead) => void): Listed[] {
  const prefix = askGit(folder, ['rev-parse', '--show-prefix']).output.toString().replace(/\n$/, '');
  const below = prefix === '' ? [] : ['--full-history', '--', '.'];
  const words = ['rev-list', '--objects', '--in-commit-order', '--reverse', '--missing=print', '--all', ...below];
  const answer = askGit(folder, words, { timeout: patience });
  if (!answer.ok) note({ path: '.git', why: `the history could not be walked to its end: ${answer.why}` });
  if (isShallow(folder))
    note({ path: '.git', why: 'this clone lacks the older history: git fetch --unshallow brings it' });
  const listed: Listed[] = [];
  let commit = '';
  let missing = 0;
  for (const line of answer.output.toString().split('\n')) {
    const space = line.indexOf(' ');
    if (line.startsWith('?')) missing += 1;
    else if (space === -1) commit = line;
    else if (line.length > space + 1 + prefix.length && line.startsWith(prefix, space + 1))
      listed.push({ id: line.slice(0, space), path: line.slice(space + 1 + prefix.length), commit });
  }
  if (missing > 0) note({ path: '.git', why: `${contentCount(missing)} of the history not in this clone` });
  return listed;
}

function contentCount(count: number): string {
  return count === 1 ? '1 content' : `${count} contents`;
}

function isShallow(folder: string): boolean {
  return askGit(folder, ['rev-parse', '--is-shallow-repository']).output.toString().trim() === 'true';
}

/** The blobs among the objects, with their size in bytes. */
function withSizes(
  folder: string,
  listed: readonly Listed[],
  note: (notRead: NotRead) => void,
): (Listed & { readonly size: number })[] {
  const input = listed.map(({ id }) => `${id}\n`).join('');
  const { output } = askGit(folder, ['cat-file', '--batch-check'], { input, timeout: patience });
  const answers = output.toString().split('\n');
  const kinds = listed.map((object, index) => {
    const [, type, size] = (answers[index] ?? '').split(' ');
    return { ...object, type, size: Number(size) };
  });
  const large = kinds.filter(({ type, size }) => type === 'blob' && size > largest).length;
  if (large > 0) note({ path: '.git', why: `${contentCount(large)} of the history too large to be read` });
  return kinds.filter(({ type }) => type === 'blob');
}

function notARepository(folder: string, why = 'there is none'): KnownError {
  return new KnownError({
    code: 'no-git',
    what: `There is no git history that could be read: ${why}.`,
    where: folder,
    next: 'Run it in a git repository, or leave out --history.',
  });
}
