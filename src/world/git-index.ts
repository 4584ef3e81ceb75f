import { lstatSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GitFacts } from '../repository/repository.ts';
import { askGit, type Answer } from './git-inert.ts';

/** What git tells of a folder. Paths are relative to the folder, with `/`. */
export interface GitView {
  readonly facts: GitFacts;
  /** Of each file in the index, the id of its content. */
  readonly contents: ReadonlyMap<string, string>;
  /** Folders that are repositories of their own, recorded by commit. */
  readonly submodules: ReadonlySet<string>;
  /** Files and whole folders that are ignored and not in the index. */
  readonly ignored: ReadonlySet<string>;
  /** What git could not tell. */
  readonly notes: readonly string[];
}

/** Folders that git need not look into to tell what is ignored in them. */
const notLookedInto = ['node_modules/', '.next/', '.venv/', '.cache/'].flatMap((pattern) => ['-x', pattern]);

/** What git tells of a folder, or of its part of a larger repository; a reason where there is a repository that cannot be read; undefined where there is none. */
export function gitViewOf(folder: string): GitView | { readonly why: string } | undefined {
  const repository = repositoryAround(folder);
  if (repository === undefined) return undefined;
  const odd = ownFiles.find((path) => isOdd(join(repository, path)));
  if (odd !== undefined) return { why: `.git/${odd} is not a file` };
  const index = askGit(folder, ['ls-files', '-s', '-z']);
  if (!index.ok) return { why: index.why };
  const { contents, submodules } = entriesOf(index.output);
  const listed = ignoredIn(folder);
  const ignored = pathsIn(listed.output).map((path) => path.replace(/\/$/, ''));
  const isIgnoredItself = ignored.includes('.') || (!listed.ok && contents.size === 0);
  if (isIgnoredItself && contents.size === 0) return undefined;
  const head = askGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  return {
    facts: {
      head: head.ok ? head.output.toString().trim() : undefined,
      tracked: new Set([...contents.keys(), ...submodules]),
    },
    contents,
    submodules,
    ignored: new Set(ignored),
    notes: listed.ok ? [] : [`which files are ignored could not be told: ${listed.why}`],
  };
}

/** The entries of a listing that ends each with a zero. */
export function pathsIn(output: Buffer): string[] {
  return output.toString().split('\0').filter(Boolean);
}

/** `mode id stage<tab>path`; a path in conflict comes more than once. */
function entriesOf(output: Buffer): Pick<GitView, 'contents' | 'submodules'> {
  const contents = new Map<string, string>();
  const submodules = new Set<string>();
  for (const entry of pathsIn(output)) {
    const tab = entry.indexOf('\t');
    const [mode, id = ''] = entry.slice(0, tab).split(' ');
    const path = entry.slice(tab + 1);
    if (mode === '160000') submodules.add(path);
    else contents.set(path, id);
  }
  return { contents, submodules };
}

/** Asks which files are ignored. git would wait for ever for a pipe in place of a list, so it is not asked then. */
function ignoredIn(folder: string): Answer {
  if (isOdd(join(folder, '.gitignore'))) return { ok: false, why: '.gitignore is not a file', output: Buffer.alloc(0) };
  return askGit(folder, ['ls-files', '-o', '-i', '--exclude-standard', '--directory', '-z', ...notLookedInto]);
}

/** What git opens of its own before it answers anything. */
const ownFiles = ['', 'HEAD', 'config', 'index', 'packed-refs', 'info/exclude', 'objects/info/alternates', 'commondir'];

/** The `.git` of the folder or of one above it: git is not asked where it could only say no. */
function repositoryAround(folder: string): string | undefined {
  for (let path = folder; ; path = dirname(path)) {
    const repository = join(path, '.git');
    if (lstatSync(repository, { throwIfNoEntry: false })) return repository;
    if (path === dirname(path)) return undefined;
  }
}

/** True for a pipe, a socket or a device. */
function isOdd(path: string): boolean {
  try {
    const stats = statSync(path);
    return !stats.isFile() && !stats.isDirectory();
  } catch {
    return false;
  }
}
