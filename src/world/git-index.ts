import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GitFacts } from '../repository/repository.ts';
import { askGit } from './git-inert.ts';

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
  if (!hasRepository(folder)) return undefined;
  const index = askGit(folder, ['ls-files', '-s', '-z']);
  if (!index.ok) return { why: index.why };
  const { contents, submodules } = entriesOf(index.output);
  const listed = askGit(folder, ['ls-files', '-o', '-i', '--exclude-standard', '--directory', '-z', ...notLookedInto]);
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

/** True when the folder, or one above it, holds a `.git`: git is not asked where it could only say no. */
function hasRepository(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if (lstatSync(join(path, '.git'), { throwIfNoEntry: false })) return true;
    if (path === dirname(path)) return false;
  }
}
