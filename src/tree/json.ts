import { applyEdits, findNodeAtLocation, modify, parse, parseTree, type JSONPath } from 'jsonc-parser';
import { isRecord } from './record.ts';
import { lineEnd } from './lines.ts';

/** The value of a JSON text; comments and trailing commas are allowed. */
export function readJson(text: string): unknown {
  return parsed(text) ?? (parse(text, [], { allowTrailingComma: true }) as unknown);
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

/** A JSON text that one of our printers writes to the byte, its value, and that printer. */
interface Plain {
  readonly text: string;
  readonly root: object;
  readonly print: (root: object) => string;
}

/** Edits of one file come in rows: what was written last need not be read again. */
let latest: Plain | undefined;

/** Such a text can be written anew without touching anything else, ten times as fast. */
function setInPlainJson(
  text: string,
  path: JSONPath,
  value: unknown,
  compare: Compare | undefined,
): string | undefined {
  if (value === undefined || Array.isArray(value) || path.some((key) => typeof key === 'number')) return undefined;
  const plain = latest?.text === text ? latest : readPlain(text);
  if (plain === undefined) return undefined;
  const { root, print } = plain;
  const parents = path.slice(0, -1).map((_, index) => path.slice(0, index + 1).reduce<unknown>(valueAt, root));
  if (parents.some((parent) => parent !== undefined && !isRecord(parent))) return undefined;
  const changed = withValue(root, path.map(String), value, compare);
  latest = { text: print(changed), root: changed, print };
  return latest.text;
}

function readPlain(text: string): Plain | undefined {
  const root = text.startsWith('{\n  "') ? parsed(text) : undefined;
  const print = root && [printed, withShortLists].find((candidate) => candidate(root) === text);
  return print && { text, root, print };
}

function printed(root: object): string {
  return `${JSON.stringify(root, null, 2)}\n`;
}

/** As formatters write it: lists of words and numbers on one line. */
function withShortLists(root: object): string {
  return printed(root).replaceAll(
    /\[\n([^[\]{}]*?)\n *\]/g,
    (_, items: string) => `[${items.trim().split(/\n */).join(' ')}]`,
  );
}

function valueAt(parent: unknown, key: string | number): unknown {
  return isRecord(parent) ? Object.entries(parent).find(([name]) => name === key)?.[1] : undefined;
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
