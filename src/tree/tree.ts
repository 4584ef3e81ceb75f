/** Text to text; `false` means "leave it as it is". */
export type Edit = (text: string) => string | false;

/** What differs between the tree as it was found and the tree as it is now. */
export type Change =
  | { readonly kind: 'create'; readonly path: string; readonly after: string }
  | { readonly kind: 'edit'; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: 'remove'; readonly path: string; readonly before: string };

/** A tree of text files that is not yet the disk. Paths are relative and use `/`. */
export interface Tree {
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** Applies an edit to an existing file; tells whether the file has changed. */
  edit(path: string, edit: Edit): boolean;
  remove(path: string): void;
  /** Every path, sorted by code unit. */
  paths(): readonly string[];
  /** Sorted by path. A write that equals what was found is no change. */
  changes(): readonly Change[];
}

/** A tree that starts from the given files (path to text). */
export function createTree(found: ReadonlyMap<string, string> = new Map()): Tree {
  const files = new Map(found);
  let sorted: readonly string[] | undefined;

  const edit = (path: string, change: Edit): boolean => {
    const before = files.get(path);
    if (before === undefined) return false;
    const after = change(before);
    if (after === false || after === before) return false;
    files.set(path, after);
    return true;
  };

  return {
    read: (path) => files.get(path),
    write: (path, text) => {
      if (!files.has(path)) sorted = undefined;
      files.set(path, text);
    },
    edit,
    remove: (path) => {
      if (files.delete(path)) sorted = undefined;
    },
    paths: () => (sorted ??= [...files.keys()].toSorted()),
    changes: () => changesBetween(found, files),
  };
}

function changesBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths.flatMap((path): Change[] => {
    const was = before.get(path);
    const is = after.get(path);
    if (was === is) return [];
    if (was === undefined) return [{ kind: 'create', path, after: is ?? '' }];
    if (is === undefined) return [{ kind: 'remove', path, before: was }];
    return [{ kind: 'edit', path, before: was, after: is }];
  });
}
