import type { Node } from '@babel/types';
import type { SpanEdit } from '../../code/edit/spans.ts';
import type { Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';

/** The edit that takes an entry out of an object, with its comma and, where it has one for itself, its line. */
export function withoutProperty(module: Module, object: Node, property: Node, why: string): SpanEdit | undefined {
  if (object.type !== 'ObjectExpression') return undefined;
  const at = object.properties.findIndex((each) => each === property);
  if (at === -1) return undefined;
  const { text } = module;
  const [before, after] = [object.properties[at - 1], object.properties[at + 1]];
  const [start, end] = [property.start ?? 0, property.end ?? 0];
  if (after) return { start, end: after.start ?? 0, text: '', why };
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  if (!before) return { start, end: end + comma, text: '', why };
  // The comma of the one before goes along, unless this one had a comma as well.
  return comma > 0
    ? { start: afterComma(text, before.end ?? 0), end: end + comma, text: '', why }
    : { start: before.end ?? 0, end, text: '', why };
}

function afterComma(text: string, offset: number): number {
  return offset + (/^\s*,/.exec(text.slice(offset))?.[0].length ?? 0);
}

/** The edit that takes a statement out, with its line where it has that for itself, and the empty line that it would leave. */
export function withoutStatement({ text }: Module, statement: Node, why: string): SpanEdit {
  const [start, end] = [statement.start ?? 0, statement.end ?? 0];
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end))?.[0];
  if (rest === undefined || text.slice(lineStart, start).trim() !== '') return { start, end, text: '', why };
  const isFirst = /(?:^|(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r))$/.test(text.slice(0, lineStart));
  const gap = isFirst ? (/^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(end + rest.length))?.[0].length ?? 0) : 0;
  return { start: lineStart, end: end + rest.length + gap, text: '', why };
}

/** The statement that only gives a name to this value; undefined where more hangs on it. */
export function declarationFor(
  module: Module,
  value: Node,
): { readonly statement: Node; readonly name: string } | undefined {
  const parents = parentsOf(module);
  let inner = value;
  let around = parents.get(inner);
  while (around && /^TS(?:As|NonNull|Satisfies)/.test(around.type)) {
    inner = around;
    around = parents.get(around);
  }
  if (around?.type !== 'VariableDeclarator' || around.init !== inner || around.id.type !== 'Identifier')
    return undefined;
  const statement = parents.get(around);
  if (statement?.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return undefined;
  const list = parents.get(statement);
  return list?.type === 'Program' || list?.type === 'BlockStatement' ? { statement, name: around.id.name } : undefined;
}
