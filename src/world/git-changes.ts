import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bytesOfFile } from './checkout-bytes.ts';
import { openCheckout } from './checkout.ts';
import { commitOf, filesOf } from './git-revision.ts';

/**
 * Files that differ between a revision and the work tree: changed, new and not ignored, or gone. Contents are compared by us, so no
 * filter of the repository is run: a file that a filter rewrites (git-crypt, LFS) counts as changed. Throws like `openRevision`.
 */
export function changedSince(folder: string, revision: string): Set<string> {
  const { files } = filesOf(folder, commitOf(folder, revision));
  const before = new Map(files.map(({ path, id }) => [path, id]));
  const changed = new Set<string>();
  for (const { path } of openCheckout(folder).files) {
    const id = before.get(path);
    before.delete(path);
    if (id === undefined || !holds(join(folder, path), id)) changed.add(path);
  }
  for (const gone of before.keys()) changed.add(gone);
  return changed;
}

/** True when a file on disk has the content of that id, line ends apart. A large file is taken as changed. */
export function holds(file: string, id: string): boolean {
  const bytes = bytesOrNothing(file);
  if (!bytes) return false;
  if (idOf(bytes, id.length) === id) return true;
  return bytes.includes('\r\n') && idOf(withPlainLineEnds(bytes), id.length) === id;
}

function bytesOrNothing(file: string): Buffer | undefined {
  try {
    const bytes = bytesOfFile(file);
    return typeof bytes === 'string' ? undefined : bytes;
  } catch {
    return undefined;
  }
}

/** How git names a content: by its SHA-1, or by its SHA-256 in repositories that say so. */
function idOf(bytes: Buffer, digits: number): string {
  const hash = createHash(digits === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function withPlainLineEnds(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
