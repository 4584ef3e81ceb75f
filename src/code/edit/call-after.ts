import type { ClassMethod, ClassProperty, Node } from '@babel/types';
import type { Module } from '../module.ts';
import { parentsOf } from '../scopes.ts';
import type { AppPlace } from './app-place.ts';
import type { Source } from './source.ts';
import type { SpanEdit } from './spans.ts';
import { afterStatement, beforeStatement, ended, indentAt, restOfLine, type Insertion } from './statements.ts';
import { eolNear } from './style.ts';

/** A call that stands in a file, or why it cannot. */
export type CallPlaced =
  { readonly kind: 'edit'; readonly edit: SpanEdit } | { readonly kind: 'none'; readonly why: string };

/** Puts one call right after the place where an app is made. */
export function insertCallAfter(source: Source, place: AppPlace, call: (app: string) => string): CallPlaced {
  if (place.kind === 'none' || place.kind === 'returned') return { kind: 'none', why: place.why };
  const text = call(place.names[0] ?? '');
  const insertion =
    place.kind === 'statement'
      ? afterStatement(source, place.statement, [text])
      : inClass(source, place.field as ClassProperty, text);
  if (typeof insertion === 'string') return { kind: 'none', why: insertion };
  return { kind: 'edit', edit: { ...insertion, why: `runs ${text} right after the app is made` } };
}

function inClass(source: Source, field: ClassProperty, call: string): Insertion | string {
  if (field.static) return memberAfter(source, field, 'static', call);
  const body = parentsOf(source).get(field);
  if (body?.type !== 'ClassBody') return 'the class around it could not be read';
  const constructor = body.body.find(
    (member): member is ClassMethod => member.type === 'ClassMethod' && member.kind === 'constructor',
  );
  const extended = isExtended(source, body);
  if (constructor) return inConstructor(source, constructor, call, extended);
  if (extended) return 'its class has no constructor of its own, and another class is below it';
  const fields = body.body.filter(({ type }) => /^Class(?:\w*Property)$/.test(type));
  return memberAfter(source, fields.at(-1) ?? field, 'constructor()', call);
}

function isExtended(module: Module, body: Node): boolean {
  const around = parentsOf(module).get(body);
  return (around?.type === 'ClassDeclaration' || around?.type === 'ClassExpression') && around.superClass != null;
}

/** First in the constructor, where the fields have their values: after `super()`. */
function inConstructor(source: Source, { body }: ClassMethod, call: string, extended: boolean): Insertion | string {
  const above = body.body.find(
    (statement) =>
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'CallExpression' &&
      statement.expression.callee.type === 'Super',
  );
  if (above) return afterStatement(source, above, [call]);
  if (extended) return 'where its constructor calls super() could not be read';
  const open = (body.start ?? 0) + 1;
  const [first] = body.body;
  const rest = restOfLine.exec(source.text.slice(open))?.[0];
  if (first && rest === undefined) return beforeStatement(source, first, [call]);
  const eol = eolNear(source.text, open);
  const outer = indentAt(source, open);
  const indent = first ? indentAt(source, first.start ?? 0) : outer + source.style.indent;
  const at = open + (rest?.length ?? 0);
  const text = `${eol}${indent}${ended(source, call, at)}`;
  return { start: at, end: at, text: rest === undefined ? `${text}${eol}${outer}` : text };
}

function memberAfter(source: Source, member: Node, head: string, call: string): Insertion {
  const line = `${source.style.indent}${call}${source.style.semicolons ? ';' : ''}`;
  const text = [`${head} {`, line, '}'].join('\n');
  const insertion = afterStatement(source, member, [text]);
  const eol = eolNear(source.text, member.start ?? 0);
  return insertion.text.startsWith(eol) ? { ...insertion, text: eol + insertion.text } : insertion;
}
