import type { File, Node } from '@babel/types';
import type { Place } from '../repository/place.ts';

/** One code file: its text and its syntax tree. */
export interface Module {
  readonly path: string;
  readonly text: string;
  readonly tree: File;
}

/** Where a node starts. Nodes know only offsets (`locations: false`), which halves the memory and the time of parsing. */
export function placeOf(module: Module, { start }: Node): Place {
  const { path } = module;
  if (typeof start !== 'number') return { path };
  const line = lineAt(module, start);
  return { path, line, column: start - (lineStartsOf(module)[line - 1] ?? 0) + 1 };
}

/** The first and the last line of a node. */
export function linesOf(module: Module, { start, end }: Node): { readonly first: number; readonly last: number } {
  return { first: lineAt(module, start ?? 0), last: lineAt(module, end ?? 0) };
}

/** True when a node stands on that line, or begins above it and ends below. */
export function isOnLine(module: Module, node: Node, line: number): boolean {
  const { first, last } = linesOf(module, node);
  return first <= line && last >= line;
}

const lineStarts = new WeakMap<Module, readonly number[]>();

/** The offset at which each line begins. */
function lineStartsOf(module: Module): readonly number[] {
  const known = lineStarts.get(module);
  if (known) return known;
  const starts = [0];
  for (const { index, 0: end } of module.text.matchAll(/\r\n?|[\n\u2028\u2029]/g)) starts.push(index + end.length);
  lineStarts.set(module, starts);
  return starts;
}

/** The line of an offset, by halving. */
function lineAt(module: Module, offset: number): number {
  const starts = lineStartsOf(module);
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** The text of a node, as it is written. */
export function textOf({ text }: Module, { start, end }: Node): string {
  return text.slice(start ?? 0, end ?? 0);
}

/** The offset of a place; that of its line where it has no column. */
export function offsetOf(module: Module, { line = 1, column = 1 }: Place): number {
  return (lineStartsOf(module)[line - 1] ?? 0) + column - 1;
}
