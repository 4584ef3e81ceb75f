import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** A copy of a project in which its code may run. */
export interface ThrowAwayCopy {
  /** The project. */
  readonly folder: string;
  /** A home folder for its processes, outside the project. */
  readonly home: string;
  /** Anything else of this run. */
  readonly scratch: string;
  remove(): void;
}

/** Never copied: history, values of the environment, and what can be made again. */
const notCopied = /^(?:\.git|\.hg|\.svn|node_modules|\.env(?:\..+)?|\.next|\.turbo|\.cache|coverage)$/;
const exampleOfEnvironment = /^\.env\.(?:example|sample|template|dist|defaults?)$/;

/**
 * Copies a project to a temporary folder. Values of the environment (`.env`) stay behind; installed packages are linked, one by one,
 * so that caches which tools write beside them land in the copy.
 */
export function copyOf(project: string): ThrowAwayCopy {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-boot-')));
  const copy = {
    folder: join(top, basename(project) || 'project'),
    home: join(top, 'home'),
    scratch: join(top, 'run'),
  };
  const remove = (): void => removeAll(top);
  try {
    for (const folder of [copy.home, copy.scratch]) mkdirSync(folder);
    cpSync(project, copy.folder, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => isCopied(project, source),
    });
    for (const modules of installedFolders(project)) linkPackages(project, modules, copy.folder);
    return { ...copy, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A process that is being ended may still write: the folder is emptied again. What cannot be removed lies in the temporary folder of the system. */
function removeAll(folder: string): void {
  for (let left = 3; left > 0; left--) {
    try {
      return rmSync(folder, { recursive: true, force: true, maxRetries: 2, retryDelay: 50 });
    } catch {
      continue;
    }
  }
}

function isCopied(project: string, source: string): boolean {
  const name = basename(source);
  if (source !== project && notCopied.test(name) && !exampleOfEnvironment.test(name)) return false;
  const stat = lstatSync(source);
  return stat.isFile() || stat.isDirectory() || (stat.isSymbolicLink() && staysInside(project, source));
}

/** A link that leads out of the project, to what is not copied, or by its whole path, would let the copy read or write there. */
function staysInside(project: string, link: string): boolean {
  const written = readlinkSync(link);
  const target = relative(project, resolve(dirname(link), written));
  const parts = target.split(/[\\/]/);
  return (
    !isAbsolute(written) && parts[0] !== '..' && !parts.some((part) => notCopied.test(part) && part !== 'node_modules')
  );
}

/** Every `node_modules` that is not inside another one. */
function installedFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || (notCopied.test(entry.name) && entry.name !== 'node_modules')) return [];
    const path = join(folder, entry.name);
    return entry.name === 'node_modules' ? [path] : installedFolders(path);
  });
}

function linkPackages(project: string, modules: string, copy: string): void {
  const target = join(copy, relative(project, modules));
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(modules, { withFileTypes: true })) {
    const [from, to] = [join(modules, entry.name), join(target, entry.name)];
    if (entry.isSymbolicLink()) linkAgain(project, from, to);
    else if (entry.isDirectory() && entry.name.startsWith('@')) linkPackages(project, from, copy);
    else if (entry.isDirectory() && /^\.(?!bin$|pnpm$)/.test(entry.name))
      cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    else if (entry.isDirectory()) symlinkSync(from, to, 'junction');
  }
}

/** A package of the project's own (a workspace) is linked to its copy. */
function linkAgain(project: string, from: string, to: string): void {
  const written = readlinkSync(from);
  const own =
    staysInside(project, from) && existsSync(from) && !resolve(dirname(from), written).includes('node_modules');
  if (own || existsSync(from)) symlinkSync(own ? written : realpathSync(from), to, 'junction');
}
