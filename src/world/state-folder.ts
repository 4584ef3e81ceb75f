import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** A folder for what we remember of a project: never in the tracked tree, because it holds secrets that were taken out. */
export interface StatePlace {
  readonly kind: 'git' | 'user';
  readonly folder: string;
}

/** Where we may remember things of a project, the preferred place first. Makes nothing; asks git nothing. */
export function statePlaces(root: string, environment: Environment = process.env): StatePlace[] {
  const real = realpathSync(root);
  const repository = repositoryAround(real);
  const user = { kind: 'user', folder: join(stateHome(environment), 'create-shipshape', shortHash(real)) } as const;
  if (!repository) return [user];
  const inside = relative(repository.top, real);
  const name = inside === '' ? 'top' : shortHash(inside);
  return [{ kind: 'git', folder: join(repository.gitFolder, 'shipshape', name) }, user];
}

/** The folder in which git keeps what it knows of this work tree, found by reading alone; undefined where there is no repository. */
export function repositoryAround(folder: string): { readonly top: string; readonly gitFolder: string } | undefined {
  for (let top = folder; ; top = dirname(top)) {
    const gitFolder = gitFolderAt(top);
    if (gitFolder) return { top, gitFolder };
    if (top === dirname(top)) return undefined;
  }
}

/** `.git` is a folder, or in work trees and submodules a file that names one. */
function gitFolderAt(top: string): string | undefined {
  const path = join(top, '.git');
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  const folder = stats.isDirectory() ? path : stats.isFile() ? folderNamedIn(path, stats.size) : undefined;
  return folder !== undefined && holdsRepository(folder) ? folder : undefined;
}

/** `gitdir: <path>`, as seen from the folder of the file. */
function folderNamedIn(file: string, size: number): string | undefined {
  if (size > 10_000) return undefined;
  const named = /^gitdir: (.+?)\r?\n*$/.exec(readFileSync(file, 'utf8'))?.[1];
  return named === undefined ? undefined : resolve(dirname(file), named);
}

function holdsRepository(folder: string): boolean {
  const has = (name: string): boolean => lstatSync(join(folder, name), { throwIfNoEntry: false }) !== undefined;
  return has('HEAD') && (has('objects') || has('commondir'));
}

/** Where programs keep what a user need not see: the XDG folder, Windows' local folder, or ~/.local/state. A relative path counts as unset. */
function stateHome(environment: Environment): string {
  const named = [environment['XDG_STATE_HOME'], environment['LOCALAPPDATA']].find((path) => path && isAbsolute(path));
  return named ?? join(homedir(), '.local', 'state');
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** Where a folder lies in the git repository around it, such as `tools/poll`; undefined at its top, and where there is none. */
export function placeInRepository(folder: string): string | undefined {
  const real = realpathSync(folder);
  const top = repositoryAround(real)?.top;
  return top === undefined || top === real ? undefined : relative(top, real).replaceAll('\\', '/');
}
