import type { Tree } from '../tree/tree.ts';

/** A way in which somebody takes a guardrail down, planted into a copy of a project to see whether its own check turns red. */
export interface Fault {
  readonly id: string;
  /** What was done, as one would say it in a review. */
  readonly title: string;
  /** The rule of docs/rules that it breaks. */
  readonly rule: string;
  /** Plants it; false where the project has no place for it. */
  plant(tree: Tree): boolean;
}

/** Replaces the first match of a pattern (`$1` stands for its first group); false where nothing has changed. */
export function replaceIn(tree: Tree, path: string, pattern: RegExp | string, replacement: string): boolean {
  return tree.edit(path, (text) => text.replace(pattern, replacement));
}

/** Adds lines at the end of a file; false where it is not there. */
export function appendTo(tree: Tree, path: string, lines: string): boolean {
  return tree.edit(path, (text) => `${text}${lines}\n`);
}

/** Replaces in every file whose path matches; true when any has changed. */
export function replaceEverywhere(tree: Tree, path: RegExp, pattern: RegExp, replacement: string): boolean {
  const changed = tree
    .paths()
    .filter((candidate) => path.test(candidate) && replaceIn(tree, candidate, pattern, replacement));
  return changed.length > 0;
}

/** Removes every file whose path matches; true when there was any. */
export function removeAll(tree: Tree, path: RegExp): boolean {
  const doomed = tree.paths().filter((candidate) => path.test(candidate));
  for (const candidate of doomed) tree.remove(candidate);
  return doomed.length > 0;
}
