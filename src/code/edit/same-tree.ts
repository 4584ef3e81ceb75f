import type { File, Node } from '@babel/types';
import { inOrder, type Span, type SpanEdit } from './spans.ts';

/** A place where two trees may differ, in the one before and in the one after. */
interface Hole {
  readonly before: Span;
  readonly after: Span;
  /** True when the edit has to have put code there. */
  readonly filled: boolean;
}

/** Why a tree is more than the one before plus the edits; undefined when it is exactly that. */
export function differenceOf(before: File, after: File, edits: readonly SpanEdit[]): string | undefined {
  if (errorsIn(after) > errorsIn(before)) return 'the result would not be valid code';
  const holes = holesOf(edits);
  const seen = new Set<Hole>();
  if (!sameOutside(before.program, after.program, holes, seen)) return 'it would change code around it';
  if (holes.some((hole) => hole.filled && !seen.has(hole))) return 'the new code would not be read as code';
  return sameComments(before, after, holes) ? undefined : 'it would change a comment';
}

/** What the parser went on after: a name that is declared twice. */
function errorsIn(tree: File & { readonly errors?: readonly unknown[] | null }): number {
  return tree.errors?.length ?? 0;
}

function holesOf(edits: readonly SpanEdit[]): Hole[] {
  let shift = 0;
  const sorted = inOrder(edits) ?? [];
  const shifts = sorted.map(({ start, end, text }) => (shift += text.length - (end - start)));
  const shiftAt = (offset: number, closes: boolean): number => {
    const at = sorted.findLastIndex((edit) =>
      closes ? edit.start <= offset : edit.end < offset || (edit.end === offset && edit.start < offset),
    );
    return offset + (shifts[at] ?? 0);
  };
  return sorted.map((edit, index) => {
    const { start, end, text, within, comment } = edit;
    const from = start + (shifts[index - 1] ?? 0);
    const after = within
      ? { start: shiftAt(within.start, false), end: shiftAt(within.end, true) }
      : { start: from, end: from + text.length };
    return { before: within ?? { start, end }, after, filled: !comment && text.trim() !== '' };
  });
}

/** Compares two trees node by node. Does not use the call stack: nesting may be as deep as it likes. */
function sameOutside(before: Node, after: Node, holes: readonly Hole[], seen: Set<Hole>): boolean {
  const oldHole = (node: Node): boolean => holes.some((hole) => isInside(node, hole.before));
  const newHole = (node: Node): boolean => {
    const found = holes.filter((hole) => isInside(node, hole.after));
    for (const hole of found) seen.add(hole);
    return found.length > 0;
  };
  const pairs: [unknown, unknown][] = [[before, after]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [one, other] = pair;
    if (Array.isArray(one) && Array.isArray(other)) {
      const left = one.filter((item) => !isNode(item) || !oldHole(item));
      const right = other.filter((item) => !isNode(item) || !newHole(item));
      if (left.length !== right.length) return false;
      left.forEach((item, index) => pairs.push([item, right[index]]));
    } else if (isNode(one) || isNode(other)) {
      const gone = !isNode(one) || oldHole(one);
      const made = !isNode(other) || newHole(other);
      if (gone && made) continue;
      if (gone !== made || !isNode(one) || !isNode(other) || one.type !== other.type) return false;
      for (const key of keysOf(one, other)) pairs.push([valueOf(one, key), valueOf(other, key)]);
    } else if (isRecord(one) && isRecord(other)) {
      for (const key of keysOf(one, other)) pairs.push([valueOf(one, key), valueOf(other, key)]);
    } else if (!Object.is(one, other) && (one ?? undefined) !== (other ?? undefined)) return false;
  }
  return true;
}

/** `sourceType` becomes `module` with the first import. */
const notCompared = new Set([
  'start',
  'end',
  'loc',
  'range',
  'extra',
  'comments',
  'errors',
  'tokens',
  'sourceType',
  'leadingComments',
  'trailingComments',
  'innerComments',
]);

function keysOf(one: object, other: object): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((key) => !notCompared.has(key));
}

function valueOf(record: object, key: string): unknown {
  return (record as Record<string, unknown>)[key];
}

function sameComments(before: File, after: File, holes: readonly Hole[]): boolean {
  const was = (before.comments ?? []).filter((comment) => !holes.some((hole) => isTouched(comment, hole.before)));
  const is = (after.comments ?? []).filter((comment) => !holes.some((hole) => isTouched(comment, hole.after)));
  return was.length === is.length && was.every(({ value }, index) => value === is[index]?.value);
}

interface Placed {
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
}

function isTouched({ start, end }: Placed, span: Span): boolean {
  return (start ?? 0) < span.end && (end ?? 0) > span.start;
}

function isInside({ start, end }: Placed, span: Span): boolean {
  return span.end > span.start && (start ?? -1) >= span.start && (end ?? Infinity) <= span.end;
}

function isNode(value: unknown): value is Node {
  return isRecord(value) && typeof (value as { type?: unknown }).type === 'string';
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
