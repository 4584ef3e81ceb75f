import { isCode, parseModule, NotParsed } from '../code/parse.ts';
import type { Module } from '../code/module.ts';
import type { GitFacts, NotRead, Repository, RepositoryFile } from './repository.ts';
import { textFrom } from './text.ts';

/** The files of a repository, wherever they lie: on disk, in a commit, in a test. */
export interface Listing {
  readonly name: string;
  readonly files: readonly RepositoryFile[];
  readonly notRead: NotRead[];
  readonly git: GitFacts | undefined;
  /** The bytes of a listed file; undefined, and noted in `notRead`, when they cannot be had. */
  bytes(path: string): Uint8Array | undefined;
}

/** A repository over a listing: each file is read once and parsed once, when it is first asked for. */
export function openRepository({ name, files, notRead, git, bytes }: Listing): Repository {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const texts = new Map<string, string | undefined>();
  const modules = new Map<string, Module | undefined>();
  const unparsed: NotRead[] = [];

  const read = (path: string): string | undefined => {
    if (texts.has(path)) return texts.get(path);
    const raw = byPath.has(path) ? bytes(path) : undefined;
    const text = raw && textFrom(raw);
    texts.set(path, text);
    return text;
  };

  const parsed = (path: string): Module | undefined => {
    const text = isCode(path) ? read(path) : undefined;
    if (text === undefined) return undefined;
    try {
      return parseModule(path, text);
    } catch (error) {
      if (!(error instanceof NotParsed)) throw error;
      unparsed.push({ path, why: error.message });
      return undefined;
    }
  };

  return {
    name,
    files,
    notRead,
    git,
    unparsed,
    file: (path) => byPath.get(path),
    read,
    module: (path) => {
      if (!modules.has(path)) modules.set(path, parsed(path));
      return modules.get(path);
    },
  };
}
