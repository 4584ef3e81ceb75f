import type { Node } from '@babel/types';
import type { Module } from '../module.ts';
import { childrenOf } from '../walk.ts';
import type { Source } from './source.ts';
import type { Span } from './spans.ts';
import { eolNear } from './style.ts';

/** Where new lines go, and how they are joined to what is there. */
export interface Insertion {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly within?: Span;
}

/** Statements after one that is there: on lines of their own where it ends its line, else on the same line. */
export function afterStatement(source: Source, statement: Node, statements: readonly string[]): Insertion {
  const { text } = source;
  const end = endOf(source, statement);
  const rest = restOfLine.exec(text.slice(end))?.[0];
  if (rest === undefined) {
    const open = text[end - 1] === ';' || text[end - 1] === '}' ? '' : ';';
    return at(end, `${open} ${statements.map(closed).join(' ')}`);
  }
  const eol = eolNear(text, statement.start ?? 0);
  const indent = indentAt(source, statement.start ?? 0);
  const offset = end + rest.length;
  // The semicolon of the next line now ends the new statement.
  const guards = end < (statement.end ?? 0);
  const insertion = at(
    offset,
    statements.map((line) => eol + indented(guards ? line : ended(source, line, offset), indent, eol)).join(''),
  );
  return guards ? { ...insertion, within: { start: offset, end: statement.end ?? 0 } } : insertion;
}

/** Statements before one that is there. */
export function beforeStatement(source: Source, statement: Node, statements: readonly string[]): Insertion {
  const start = statement.start ?? 0;
  const lineStart = lineStartAt(source.text, start);
  if (source.text.slice(lineStart, start).trim() !== '')
    return at(start, statements.map((one) => `${closed(one)} `).join(''));
  const eol = eolNear(source.text, start);
  const indent = indentAt(source, start);
  return at(
    start,
    statements.map((line) => `${indented(ended(source, line, start), indent, eol)}${eol}${indent}`).join(''),
  );
}

/** An entry behind another one of a list, on a line of its own where that one has one. */
export function listEntryAfter({ text }: Source, last: Node, entry: string): Insertion {
  const [start, end] = [last.start ?? 0, last.end ?? 0];
  const own = /(\r\n|\n|\r)([ \t]*)$/.exec(text.slice(0, start));
  return { start: end, end, text: own ? `,${own[1]}${own[2]}${entry}` : `, ${entry}` };
}

/** The white space at the beginning of the line of an offset. */
export function indentAt({ text }: Module, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartAt(text, offset), offset))?.[0] ?? '';
}

/** A statement as this file ends them. */
export function ended({ style, text }: Source, statement: string, before: number): string {
  if (style.semicolons || statement.endsWith('}')) return closed(statement);
  // Without a semicolon the next line would be read as a part of this one.
  const next = text.slice(before).replace(/^(?:\s+|\/\/[^\r\n]*|\/\*[^]*?\*\/)+/, '');
  return /^[([`+\-*/%,.<>=&|^?]/.test(next) ? closed(statement) : statement;
}

function closed(statement: string): string {
  return /[;}]$/.test(statement) ? statement : `${statement};`;
}

/** What may stand behind a statement that ends its line: a comment. */
export const restOfLine = /^[ \t]*(?:\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)*(?:\/\/[^\r\n]*)?(?=\r\n|\n|\r|$)/;

/** The end of a statement. A semicolon that begins the next line guards that line and is left there. */
function endOf({ text }: Module, statement: Node): number {
  const end = statement.end ?? 0;
  if (text[end - 1] !== ';') return end;
  const last = lastEnd(statement);
  return last < end && /[\r\n]/.test(text.slice(last, end)) ? last : end;
}

function lastEnd(node: Node): number {
  return childrenOf(node).at(-1)?.end ?? node.end ?? 0;
}

function lineStartAt(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function indented(statement: string, indent: string, eol: string): string {
  return statement
    .split('\n')
    .map((line) => (line === '' ? line : indent + line))
    .join(eol);
}

function at(offset: number, text: string): Insertion {
  return { start: offset, end: offset, text };
}
