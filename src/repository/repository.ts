import type { Module } from '../code/module.ts';

/**
 * What a file is for, told from its path alone.
 * `source`: code of the project. `test`: code that tests it. `config`: code that only a tool reads (vite.config.ts).
 * `vendored`: code of somebody else or made by a tool (min.js, build output, shadcn/ui). `fixture`: samples for tests. `text`: everything else.
 */
export type FileRole = 'source' | 'test' | 'config' | 'vendored' | 'fixture' | 'text';

export interface RepositoryFile {
  /** From the top of the repository, with `/`. May hold any character: pass it through `printable` before a person sees it. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** True when git's index holds it; false in a folder without git. */
  readonly tracked: boolean;
  readonly role: FileRole;
}

/** A file or folder that was there and was not read. */
export interface NotRead {
  readonly path: string;
  readonly why: string;
}

/** What is known of a revision without running anything that the repository could have configured. */
export interface GitFacts {
  /** The commit that is checked out, 40 hex digits; undefined before the first commit. */
  readonly head: string | undefined;
  /** Paths in the index, those that the work tree lacks too. */
  readonly tracked: ReadonlySet<string>;
}

/** Somebody's repository, to be read and never written. Everything beyond the files is a fact that is computed from it when asked for. */
export interface Repository {
  /** The name of the folder. */
  readonly name: string;
  /** Sorted by code unit. node_modules, build output and .git are left out. */
  readonly files: readonly RepositoryFile[];
  readonly notRead: readonly NotRead[];
  readonly git: GitFacts | undefined;
  file(path: string): RepositoryFile | undefined;
  /** The text of a file; undefined when it is not there, too large, or not text. */
  read(path: string): string | undefined;
  /** A code file as a syntax tree, parsed once; undefined when it is not code or does not parse (see `unparsed`). */
  module(path: string): Module | undefined;
  /** Files that were asked for and are not what their name says: code and manifests that do not parse. */
  readonly unparsed: readonly NotRead[];
  /** Adds a file to `unparsed`. */
  notParsed(path: string, why: string): void;
}

/** What came of working out a fact. */
type Outcome<Value> = { readonly value: Value } | { readonly error: unknown };

/** A fact about a repository that is worked out once, when it is first asked for. One that throws is not tried again: it throws the same for everybody who asks. */
export function fact<Value>(compute: (repository: Repository) => Value): (repository: Repository) => Value {
  const known = new WeakMap<Repository, Outcome<Value>>();
  return (repository) => {
    const outcome = known.get(repository) ?? outcomeOf(() => compute(repository));
    known.set(repository, outcome);
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  };
}

function outcomeOf<Value>(work: () => Value): Outcome<Value> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
