import { isCode, parseModule, NotParsed } from '../code/parse.ts';
import type { Module } from '../code/module.ts';
import { foreignMarks } from './attributes.ts';
import type { GitFacts, NotRead, Repository, RepositoryFile } from './repository.ts';
import { textFrom } from './text.ts';

/** The files of a repository, wherever they lie: on disk, in a commit, in a test. */
export interface Listing {
  readonly name: string;
  readonly files: readonly RepositoryFile[];
  /** What was there and is not among the files. */
  readonly notRead: readonly NotRead[];
  readonly git: GitFacts | undefined;
  /** The bytes of a listed file, or the reason why they cannot be had. */
  bytes(path: string): Uint8Array | string;
}

/** A repository over a listing: each file is read once and parsed once, when it is first asked for. */
export function openRepository({ name, files: listed, git, bytes, ...listing }: Listing): Repository {
  const { files, foreign } = withForeign(listed, bytes);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const texts = new Map<string, string | undefined>();
  const modules = new Map<string, Module | undefined>();
  const notRead = [...listing.notRead, ...foreign];
  const unparsed: NotRead[] = [];
  const notParsed = (path: string, why: string): void => void unparsed.push({ path, why });

  const textAt = (path: string): string | undefined => {
    const found = bytes(path);
    const text = typeof found === 'string' ? undefined : textFrom(found);
    if (typeof found === 'string') notRead.push({ path, why: found });
    else if (text === undefined && isCode(path)) notRead.push({ path, why: 'code by its name, and no text' });
    return text;
  };

  const read = (path: string): string | undefined => {
    if (byPath.has(path) && !texts.has(path)) texts.set(path, textAt(path));
    return texts.get(path);
  };

  const parsed = (path: string): Module | undefined => {
    const text = isCode(path) ? read(path) : undefined;
    if (text === undefined) return undefined;
    try {
      return parseModule(path, text);
    } catch (error) {
      if (!(error instanceof NotParsed)) throw error;
      notParsed(path, error.message);
      return undefined;
    }
  };

  return {
    name,
    files,
    notRead,
    git,
    unparsed,
    notParsed,
    file: (path) => byPath.get(path),
    read,
    module: (path) => {
      if (!modules.has(path)) modules.set(path, parsed(path));
      return modules.get(path);
    },
  };
}

const attributesPath = '.gitattributes';

/** Files that .gitattributes calls generated or foreign are judged as such. How many is told: a mark must not hide anything unseen. */
function withForeign(
  listed: readonly RepositoryFile[],
  bytes: Listing['bytes'],
): { readonly files: readonly RepositoryFile[]; readonly foreign: readonly NotRead[] } {
  const found = listed.some(({ path }) => path === attributesPath) ? bytes(attributesPath) : '';
  const marks = typeof found === 'string' ? [] : foreignMarks(textFrom(found) ?? '');
  if (marks.length === 0) return { files: listed, foreign: [] };
  const files = listed.map((file) =>
    marks.some(({ matches }) => matches.test(file.path)) ? { ...file, role: 'vendored' as const } : file,
  );
  const count = files.filter((file, index) => file !== listed[index]).length;
  if (count === 0) return { files, foreign: [] };
  const why = `calls ${count} ${count === 1 ? 'file' : 'files'} generated or foreign: they are searched for tokens and not judged`;
  return { files, foreign: [{ path: attributesPath, why }] };
}
