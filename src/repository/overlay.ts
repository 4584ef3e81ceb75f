import { isCode, NotParsed, parseModule } from '../code/parse.ts';
import type { Module } from '../code/module.ts';
import { byCodeUnit } from '../tree/lines.ts';
import { bytesOf, type Content } from '../tree/content.ts';
import type { NotRead, Repository } from './repository.ts';
import { roleOf } from './roles.ts';
import { textFrom } from './text.ts';

/** Files that were parsed for an earlier version of a repository: the same text need not be parsed again. */
export type Parsed = Map<string, { readonly text: string; readonly module: Module | undefined; readonly why?: string }>;

/** A repository as it would be with some files changed, added, or (undefined) gone. What is not changed is neither read nor parsed again. */
export function overlaid(
  base: Repository,
  changed: ReadonlyMap<string, Content | undefined>,
  known: Parsed = new Map(),
): Repository {
  const texts = new Map([...changed].map(([path, content]) => [path, content && textFrom(bytesOf(content))]));
  const added = [...changed].flatMap(([path, content]) =>
    content === undefined
      ? []
      : [
          {
            path,
            size: bytesOf(content).length,
            // A new file is one that the next commit is meant to hold.
            tracked: base.file(path)?.tracked ?? base.git !== undefined,
            role: base.file(path)?.role ?? roleOf(path),
          },
        ],
  );
  const files = [...base.files.filter(({ path }) => !changed.has(path)), ...added].toSorted((one, other) =>
    byCodeUnit(one.path, other.path),
  );
  const byPath = new Map(files.map((file) => [file.path, file]));
  const modules = new Map<string, Module | undefined>();
  const unparsed: NotRead[] = base.unparsed.filter(({ path }) => !changed.has(path));
  const notParsed = (path: string, why: string): void => void unparsed.push({ path, why });

  const parsed = (path: string): Module | undefined => {
    const text = isCode(path) ? texts.get(path) : undefined;
    if (text === undefined) return undefined;
    const earlier = known.get(path);
    const now = earlier?.text === text ? earlier : parsedNow(path, text);
    known.set(path, now);
    if (now.why !== undefined) notParsed(path, now.why);
    return now.module;
  };

  return {
    name: base.name,
    files,
    notRead: base.notRead,
    git: base.git,
    unparsed,
    notParsed,
    file: (path) => byPath.get(path),
    read: (path) => (changed.has(path) ? texts.get(path) : base.read(path)),
    module: (path) => {
      if (!changed.has(path)) return base.module(path);
      if (!modules.has(path)) modules.set(path, parsed(path));
      return modules.get(path);
    },
  };
}

function parsedNow(path: string, text: string): { text: string; module: Module | undefined; why?: string } {
  try {
    return { text, module: parseModule(path, text) };
  } catch (error) {
    if (!(error instanceof NotParsed)) throw error;
    return { text, module: undefined, why: error.message };
  }
}
