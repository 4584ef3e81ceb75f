import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KnownError } from '../errors.ts';
import { bytesOf, type Content } from '../tree/content.ts';
import { askGit, inertEnvironment } from './git-inert.ts';

/** An entry that an index is to have; no id removes it. */
export interface IndexLine {
  /** From the top of the repository, with `/`. */
  readonly path: string;
  /** Six digits, such as 100644. */
  readonly mode: string;
  readonly id: string | undefined;
}

/** Asks git to write, inert as when it reads: no hook, no filter, no signature. Throws `cannot-commit` with what git says. */
export function tellGit(
  root: string,
  words: readonly string[],
  { input = '', variables = {} }: { input?: string | Buffer; variables?: Readonly<Record<string, string>> } = {},
): string {
  const env = { ...inertEnvironment(process.env), ...variables };
  const answer = askGit(root, ['-c', 'i18n.commitEncoding=UTF-8', ...words], { input, env });
  if (answer.ok) return answer.output.toString().trim();
  throw cannotCommit(`git could not do it: ${answer.why}`, 'Your files are changed as planned; commit them yourself.');
}

/** Stores a content as it is, and returns its id. */
export function storeBlob(root: string, content: Content): string {
  return tellGit(root, ['hash-object', '-w', '--no-filters', '--stdin'], { input: bytesOf(content) });
}

/** Changes entries of an index: that of the work tree, or one in another file. */
export function changeIndex(root: string, lines: readonly IndexLine[], indexFile?: string): void {
  const input = lines.map(({ path, mode, id }) => `${id === undefined ? removal(root) : `${mode} ${id}`}\t${path}\0`);
  const variables = indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile };
  tellGit(root, ['update-index', '-z', '--index-info'], { input: input.join(''), variables });
}

/** Mode 0 removes; git wants an id all the same, as long as ids are in this repository. */
function removal(root: string): string {
  return `0 ${tellGit(root, ['hash-object', '--stdin'])}`;
}

/** Does something with an index of its own that begins as a commit. */
export function withIndexOf<T>(root: string, commit: string, work: (indexFile: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-index-'));
  try {
    const indexFile = join(folder, 'index');
    tellGit(root, ['read-tree', commit], { variables: { GIT_INDEX_FILE: indexFile } });
    return work(indexFile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes a commit of an index, and returns its id. */
export function storeCommit(
  root: string,
  indexFile: string,
  parent: string,
  message: string,
  author: Readonly<Record<string, string>>,
): string {
  const tree = tellGit(root, ['write-tree'], { variables: { GIT_INDEX_FILE: indexFile } });
  return tellGit(root, ['commit-tree', tree, '-p', parent], { input: message, variables: author });
}

export function cannotCommit(what: string, next: string, where?: string): KnownError {
  return new KnownError({
    code: 'cannot-commit',
    what: `Nothing was committed: ${what}.`,
    next,
    ...(where && { where }),
  });
}
