import { fits } from './wrap.ts';

/** Closes the gaps that types have left: blank lines in a row, and lists that were broken only because of the types in them. */
export function tidied(text: string): string {
  const gapless = text
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .replace(/\s*$/, '\n')
    .replaceAll(/\{\n\n/g, '{\n');
  const joined = joinedAssignments(joinedLists(gapless));
  return /^(?:\s*(?:\/\/.*|'use strict';)?\n)*$/.test(joined) ? '' : joined;
}

/** Parameters or items, one per line, that fit on one line now. */
function joinedLists(text: string): string {
  const list = /^( *)(.*)([([])\n((?:\1 {2}[^\s].*\n)+)\1([)\]])(.*)$/gm;
  return text.replaceAll(
    list,
    (whole, indent: string, head: string, open: string, lines: string, close: string, tail: string) => {
      const items = lines
        .trimEnd()
        .split('\n')
        .map((item) => item.trim());
      const line = `${indent}${head}${open}${items.join(' ').replace(/,$/, '')}${close}${tail}`;
      return fits(line) && isPlainList(items) ? line : whole;
    },
  );
}

/** Whether each line is one item, and none is of the kind that prettier puts on lines of its own. */
function isPlainList(items: readonly string[]): boolean {
  return items.slice(0, -1).every((item) => item.endsWith(',')) && !items.some((item) => /=>|\/\/|\{$/.test(item));
}

/** A value on a line of its own, or the body of an arrow, that fits behind its name now. */
function joinedAssignments(text: string): string {
  return text.replaceAll(/^(.*(?: =| =>))\n +(.*[;,])$/gm, (whole, head: string, value: string) =>
    fits(`${head} ${value}`) ? `${head} ${value}` : whole,
  );
}
