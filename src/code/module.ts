import type { File, Node } from '@babel/types';
import type { Place } from '../repository/place.ts';

/** One code file: its text and its syntax tree. */
export interface Module {
  readonly path: string;
  readonly text: string;
  readonly tree: File;
}

/** Where a node starts. */
export function placeOf({ path }: Pick<Module, 'path'>, node: Node): Place {
  const start = node.loc?.start;
  return start ? { path, line: start.line, column: start.column + 1 } : { path };
}

/** The text of a node, as it is written. */
export function textOf({ text }: Module, { start, end }: Node): string {
  return text.slice(start ?? 0, end ?? 0);
}
