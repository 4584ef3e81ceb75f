import { applyEdits, findNodeAtLocation, modify, parse, parseTree, type JSONPath } from 'jsonc-parser';
import { lineEnd } from './lines.ts';

/** The value of a JSON text; comments and trailing commas are allowed. */
export function readJson(text: string): unknown {
  return parse(text, [], { allowTrailingComma: true });
}

/** The order of two keys, as `toSorted` wants it. */
type Compare = (left: string, right: string) => number;

/** Sets one value by a span edit: everything else keeps its bytes. A new key goes before the first that `compare` puts after it. */
export function setJson(text: string, path: JSONPath, value: unknown, compare?: Compare): string {
  return setInPlainJson(text, path, value, compare) ?? setInAnyJson(text, path, value, compare);
}

function setInAnyJson(text: string, path: JSONPath, value: unknown, compare: Compare | undefined): string {
  const key = String(path.at(-1));
  const tree = parseTree(text);
  const hasPlace = tree !== undefined && findNodeAtLocation(tree, path.slice(0, -1)) !== undefined;
  const edits = modify(text, path, value, {
    formattingOptions: { ...indentOf(text), eol: lineEnd(text) },
    ...(compare &&
      hasPlace && { getInsertionIndex: (keys: string[]) => keys.filter((other) => compare(other, key) < 0).length }),
  });
  return applyEdits(text, edits);
}

/** A text that is just what `JSON.stringify` writes can be written anew without touching anything else, ten times as fast. */
function setInPlainJson(
  text: string,
  path: JSONPath,
  value: unknown,
  compare: Compare | undefined,
): string | undefined {
  if (!text.startsWith('{\n  "') || value === undefined || path.some((key) => typeof key === 'number'))
    return undefined;
  const root = parsed(text);
  if (root === undefined || `${JSON.stringify(root, null, 2)}\n` !== text) return undefined;
  const parents = path.slice(0, -1).map((_, index) => path.slice(0, index + 1).reduce<unknown>(valueAt, root));
  if (parents.some((parent) => parent !== undefined && !isObject(parent))) return undefined;
  return `${JSON.stringify(withValue(root, path.map(String), value, compare), null, 2)}\n`;
}

function valueAt(parent: unknown, key: string | number): unknown {
  return isObject(parent) ? Object.entries(parent).find(([name]) => name === key)?.[1] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withValue(
  object: object | undefined,
  [key = '', ...rest]: readonly string[],
  value: unknown,
  compare: Compare | undefined,
): object {
  const entries = Object.entries(object ?? {});
  const at = entries.findIndex(([name]) => name === key);
  const below = rest.length > 0 ? withValue(entries[at]?.[1] as object | undefined, rest, value, compare) : value;
  if (at !== -1) return Object.fromEntries(entries.with(at, [key, below]));
  const before =
    compare && rest.length === 0 ? entries.filter(([name]) => compare(name, key) < 0).length : entries.length;
  return Object.fromEntries(entries.toSpliced(before, 0, [key, below]));
}

function parsed(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

function indentOf(text: string): { insertSpaces: boolean; tabSize: number } {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length };
}
