import { basename, join, resolve } from 'node:path';
import { openRepository } from '../repository/open.ts';
import type { Repository } from '../repository/repository.ts';
import { roleOf } from '../repository/roles.ts';
import { byCodeUnit } from '../tree/lines.ts';
import { bytesOfFile } from './checkout-bytes.ts';
import { walkDisk, whyNot, type LeftOut } from './checkout-walk.ts';
import { gitViewOf, type GitView } from './git-index.ts';

/** Opens a folder on disk as a repository. Reads only: no code, hook, filter or configuration of it is run, and nothing is written. */
export function openCheckout(folder: string): Repository {
  const git = gitViewOf(folder);
  const view = git && 'facts' in git ? git : undefined;
  const notes = git && 'why' in git ? [`not read as a git repository: ${git.why}`] : (view?.notes ?? []);
  const { files, notRead } = walkDisk(folder, leftOutBy(view));
  notRead.push(...notes.map((why) => ({ path: '.git', why })));
  return openRepository({
    name: basename(resolve(folder)),
    files: files
      .toSorted((one, other) => byCodeUnit(one.path, other.path))
      .map(({ path, size }) => ({ path, size, tracked: view?.facts.tracked.has(path) ?? false, role: roleOf(path) })),
    notRead: notRead.toSorted((one, other) => byCodeUnit(one.path, other.path)),
    git: view?.facts,
    bytes: (path) => bytesAt(folder, path),
  });
}

function leftOutBy(view: GitView | undefined): LeftOut {
  if (!view) return () => false;
  return (path) => (view.submodules.has(path) ? 'a submodule: check it by itself' : view.ignored.has(path));
}

function bytesAt(folder: string, path: string): Buffer | string {
  try {
    return bytesOfFile(join(folder, path));
  } catch (error) {
    return `a file that ${whyNot(error)}`;
  }
}
