import { applyEdits, modify, parse, type JSONPath } from 'jsonc-parser';
import { lineEnd } from './lines.ts';

/** The value of a JSON text; comments and trailing commas are allowed. */
export function readJson(text: string): unknown {
  return parse(text, [], { allowTrailingComma: true });
}

/** Sets one value by a span edit: everything else keeps its bytes. A new key goes before the first that `compare` puts after it. */
export function setJson(
  text: string,
  path: JSONPath,
  value: unknown,
  compare?: (left: string, right: string) => number,
): string {
  const key = String(path.at(-1));
  const edits = modify(text, path, value, {
    formattingOptions: { ...indentOf(text), eol: lineEnd(text) },
    ...(compare && { getInsertionIndex: (keys: string[]) => keys.filter((other) => compare(other, key) < 0).length }),
  });
  return applyEdits(text, edits);
}

function indentOf(text: string): { insertSpaces: boolean; tabSize: number } {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length };
}
