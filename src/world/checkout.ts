import { execFileSync } from 'node:child_process';
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openRepository, type Listing } from '../repository/open.ts';
import type { GitFacts, NotRead, Repository } from '../repository/repository.ts';
import { roleOf, isSkippedFolder } from '../repository/roles.ts';
import { byCodeUnit } from '../tree/lines.ts';

/** Larger files are listed and not read: nobody writes them by hand. */
const largest = 2_000_000;

/** Opens a folder on disk as a repository. Reads only: no code, hook, filter or configuration of it is run. */
export function openCheckout(folder: string): Repository {
  const notRead: NotRead[] = [];
  const git = gitFactsOf(folder);
  const listing: Listing = {
    name: basename(folder),
    files: filesOf(folder, git),
    notRead,
    git,
    bytes: (path) => bytesOf(folder, path, notRead),
  };
  return openRepository(listing);
}

function filesOf(folder: string, git: GitFacts | undefined): Listing['files'] {
  const files: { path: string; size: number; tracked: boolean; role: ReturnType<typeof roleOf> }[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!isSkippedFolder(inside)) visit(inside);
      } else if (entry.isFile()) {
        const { size } = lstatSync(join(folder, inside));
        files.push({ path: inside, size, tracked: git?.tracked.has(inside) ?? false, role: roleOf(inside) });
      }
    }
  };
  visit('');
  return files.toSorted((one, other) => byCodeUnit(one.path, other.path));
}

function bytesOf(folder: string, path: string, notRead: NotRead[]): Buffer | undefined {
  const descriptor = openSync(join(folder, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(descriptor);
    if (size > largest) {
      notRead.push({ path, why: 'too large' });
      return undefined;
    }
    const bytes = Buffer.alloc(size);
    readSync(descriptor, bytes, 0, size, 0);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

/** Settings with which git runs nothing that a repository can name: no monitor, hook, filter, pager or remote helper. */
const inert = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false'];

function gitFactsOf(folder: string): GitFacts | undefined {
  const git = (...words: string[]): string | undefined => {
    try {
      return execFileSync('git', [...inert, '-C', folder, ...words], { stdio: 'pipe', maxBuffer: 1 << 28 }).toString();
    } catch {
      return undefined;
    }
  };
  const tracked = git('ls-files', '-z');
  if (tracked === undefined) return undefined;
  return {
    head: git('rev-parse', '--verify', '--quiet', 'HEAD')?.trim(),
    tracked: new Set(tracked.split('\0').filter(Boolean)),
  };
}
