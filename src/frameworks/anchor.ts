import { lineEnd } from '../tree/lines.ts';

/** Puts a line after the one line that matches, with its indent; false unless exactly one line matches. */
export function insertAfterOnlyLine(text: string, anchor: RegExp, line: string): string | false {
  const eol = lineEnd(text);
  const lines = text.split(eol);
  const at = lines.findIndex((candidate) => anchor.test(candidate));
  if (at === -1 || lines.filter((candidate) => anchor.test(candidate)).length > 1) return false;
  const indent = /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
  return lines.toSpliced(at + 1, 0, `${indent}${line}`).join(eol);
}

/** Puts a line after the last line that matches, with its indent; false where none matches. */
export function insertAfterLastLine(text: string, anchor: RegExp, line: string): string | false {
  const eol = lineEnd(text);
  const lines = text.split(eol);
  const at = lines.findLastIndex((candidate) => anchor.test(candidate));
  if (at === -1) return false;
  const indent = /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
  return lines.toSpliced(at + 1, 0, `${indent}${line}`).join(eol);
}
