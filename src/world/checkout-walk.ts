import { lstatSync, readdirSync, realpathSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import type { NotRead } from '../repository/repository.ts';
import { isSkippedFolder } from '../repository/roles.ts';

/** A regular file below a folder. */
export interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

export interface Found {
  readonly files: FoundFile[];
  readonly notRead: NotRead[];
}

/** Says of a file or folder that it does not belong: false, true, or the reason that people are told. */
export type LeftOut = (path: string) => boolean | string;

/** Lists the regular files below a folder, in no order. Links are not followed, pipes and devices are not opened, nothing is thrown. */
export function walkDisk(folder: string, leftOut: LeftOut): Found {
  const found: Found = { files: [], notRead: [] };
  const folders = [''];
  for (let path = folders.pop(); path !== undefined; path = folders.pop()) {
    for (const entry of entriesOf(folder, path, found)) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && isSkippedFolder(inside)) continue;
      const reason = leftOut(inside);
      if (reason === true) continue;
      const why = reason || look(folder, inside, entry, found, folders);
      if (why) found.notRead.push({ path: inside, why });
    }
  }
  return found;
}

function entriesOf(folder: string, path: string, { notRead }: Found): Dirent[] {
  try {
    return readdirSync(join(folder, path), { withFileTypes: true });
  } catch (error) {
    notRead.push({ path: path || '.', why: `a folder that ${whyNot(error)}` });
    return [];
  }
}

/** Takes down what an entry is; the reason where it cannot be read. */
function look(folder: string, path: string, entry: Dirent, { files }: Found, folders: string[]): string | undefined {
  if (entry.isDirectory()) return void folders.push(path);
  if (entry.isSymbolicLink()) return whereLinkLeads(folder, path);
  if (!entry.isFile()) return `${kindOf(entry)}, not a file`;
  try {
    files.push({ path, size: lstatSync(join(folder, path)).size });
    return undefined;
  } catch (error) {
    return `a file that ${whyNot(error)}`;
  }
}

/** A link to something in the tree hides nothing: that is read where it lies. */
function whereLinkLeads(folder: string, path: string): string | undefined {
  try {
    const target = realpathSync(join(folder, path));
    const top = realpathSync(folder);
    return target === top || target.startsWith(top + sep) ? undefined : 'a link to a place outside, not followed';
  } catch {
    return 'a link that leads nowhere';
  }
}

function kindOf(entry: Dirent): string {
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isSocket()) return 'a socket';
  return 'a device or something unknown';
}

/** Why the system refused, in words. */
export function whyNot(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'we may not open';
  if (code === 'ENOENT') return 'cannot be opened under its name (not UTF-8, or just removed)';
  if (code === 'ENAMETOOLONG') return 'lies too deep to be opened';
  return `could not be opened (${code ?? 'no reason given'})`;
}
