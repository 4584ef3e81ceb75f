import type { SpanEdit } from '../../code/edit/spans.ts';
import type { Module } from '../../code/module.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { keySourceOf, type KeySource } from './key-source.ts';

/** A key in an address, `?key=…`, and the edits that take it out. */
export interface KeyInQuery {
  readonly module: Module;
  readonly source: KeySource;
  readonly edits: readonly SpanEdit[];
}

const why = 'the key is no part of the address any more';

/** The keys in one text, template or sum. */
export function keysInQuery(repository: Repository, { module, node }: Code): KeyInQuery[] {
  const { text } = module;
  const within = { start: node.start ?? 0, end: node.end ?? 0 };
  if (node.type === 'StringLiteral') {
    const found = /([?&])key=([\w\-.]{12,})(&?)/.exec(text.slice(within.start, within.end));
    const [all = '', separator, value, next] = found ?? [];
    if (!found || value === undefined) return [];
    const start = within.start + found.index + (separator === '?' && next === '&' ? 1 : 0);
    const end = within.start + found.index + all.length - (separator === '&' && next === '&' ? 1 : 0);
    return [{ module, source: { value, holder: { module, node } }, edits: [{ start, end, text: '', why, within }] }];
  }
  if (node.type === 'TemplateLiteral')
    return node.expressions.flatMap((expression, at): KeyInQuery[] => {
      const before = /([?&])key=$/.exec(node.quasis[at]?.value.raw ?? '');
      const source = before && keySourceOf(repository, module, expression);
      if (!before || !source) return [];
      const closing = text.indexOf('}', expression.end ?? 0) + 1;
      const goesOn = text[closing] === '&';
      const first = (node.quasis[at]?.end ?? 0) - before[0].length;
      const start = before[1] === '?' && goesOn ? first + 1 : first;
      const end = before[1] === '?' && goesOn ? closing + 1 : closing;
      return [{ module, source, edits: [{ start, end, text: '', why, within }] }];
    });
  if (node.type !== 'BinaryExpression') return [];
  const left = node.left.type === 'BinaryExpression' ? node.left.right : node.left;
  const before =
    left.type === 'StringLiteral' ? /[?&]key=(?=['"]$)/.exec(text.slice(left.start ?? 0, left.end ?? 0)) : null;
  const source = before && keySourceOf(repository, module, node.right);
  if (!before || !source) return [];
  const start = (left.start ?? 0) + before.index;
  const edits = [
    { start, end: start + before[0].length, text: '', why, within },
    { start: node.left.end ?? 0, end: node.right.end ?? 0, text: '', why, within },
  ];
  return [{ module, source, edits }];
}
