import type { BinaryExpression, CallExpression, Node } from '@babel/types';
import type { SpanEdit } from '../../code/edit/spans.ts';
import { definitionOf } from '../../code/bindings.ts';
import { memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import type { Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { literalOf } from '../literal.ts';
import { isPlaceholder } from '../values.ts';

/** A question whether a credential has been filled in, asked by comparing it with what stood in the code. */
export interface Question {
  readonly module: Module;
  /** The whole question. */
  readonly node: Node;
  /** The literal that it compares with. */
  readonly literal: Node;
  readonly edits: readonly SpanEdit[];
}

const why = 'asks whether it is set, since the text that stood for "not set" is gone';

/** Questions about a value in one file: `KEY === 'your-key'`, `KEY.includes('your-')`. `given` is the expression that the value came from, `text` what it was. */
export function questionsAbout(
  repository: Repository,
  module: Module,
  given: readonly Node[],
  text: string,
): Question[] {
  const isIt = (node: Node): boolean => {
    const found = definitionOf(repository, module, node);
    return found?.kind === 'code' && given.includes(found.node);
  };
  const asksFor = (literal: string | undefined): boolean =>
    literal !== undefined &&
    (literal === text || isPlaceholder(literal) || /your|placeholder|change|replace|todo|example|xxx/i.test(literal));
  return [
    ...nodesOf(module.tree, 'BinaryExpression').flatMap((node) => comparison(module, node, isIt, asksFor)),
    ...nodesOf(module.tree, 'CallExpression').flatMap((node) => search(module, node, isIt, asksFor)),
  ];
}

/** Comparisons with the value itself: two missing things would be equal. */
export function comparisonsWith(
  repository: Repository,
  module: Module,
  given: readonly Node[],
): Omit<Question, 'literal'>[] {
  return nodesOf(module.tree, 'BinaryExpression').flatMap((node) => {
    if (!/^[!=]==?$/.test(node.operator)) return [];
    const sides = [node.left as Node, node.right as Node];
    const own = sides.find((side) => {
      const found = definitionOf(repository, module, side);
      return found?.kind === 'code' && given.includes(found.node);
    });
    const other = sides.find((side) => side !== own);
    if (!own || !other || !saysSomething(other)) return [];
    const name = module.text.slice(own.start ?? 0, own.end ?? 0);
    return [{ module, node, edits: wrapped(module, node, name) }];
  });
}

function saysSomething(node: Node): boolean {
  return (
    !literalOf(node) &&
    !/^(?:Null|Boolean|Numeric)Literal$|^UnaryExpression$/.test(node.type) &&
    !(node.type === 'Identifier' && node.name === 'undefined')
  );
}

/** `a === KEY` that does not hold where there is no key. */
export function wrapped(module: Module, node: BinaryExpression, name: string): SpanEdit[] {
  const [start, end] = [node.start ?? 0, node.end ?? 0];
  const around = parentsOf(module).get(node);
  const alone = around?.type === 'IfStatement' || around?.type === 'WhileStatement';
  const head = node.operator.startsWith('=') ? `!!${name} && ` : `!${name} || `;
  const rest = { why: `holds only where ${name} is set`, within: { start, end } };
  if (alone) return [{ start, end: start, text: head, ...rest }];
  return [
    { start, end: start, text: `(${head}`, ...rest },
    { start: end, end, text: ')', ...rest },
  ];
}

function comparison(
  module: Module,
  node: BinaryExpression,
  isIt: (node: Node) => boolean,
  asksFor: (text: string | undefined) => boolean,
): Question[] {
  if (!/^[!=]==?$/.test(node.operator)) return [];
  const [left, right] = [node.left as Node, node.right as Node];
  const literal = literalOf(right) ? right : left;
  const asked = literal === right ? left : right;
  if (!asksFor(literalOf(literal)?.value) || !isIt(asked)) return [];
  return [{ module, node, literal, edits: [asAbsence(module, node, asked, node.operator.startsWith('='))] }];
}

/** `KEY.startsWith('your-')` would throw where there is none. */
function search(
  module: Module,
  node: CallExpression,
  isIt: (node: Node) => boolean,
  asksFor: (text: string | undefined) => boolean,
): Question[] {
  const { callee, arguments: given } = node;
  const asked = objectOf(callee);
  const [literal] = given;
  if (!asked || !literal || !/^(?:includes|startsWith|endsWith)$/.test(memberNameOf(callee) ?? '')) return [];
  if (!asksFor(literalOf(literal)?.value) || !isIt(asked)) return [];
  return [{ module, node, literal, edits: [asAbsence(module, node, asked, true)] }];
}

function asAbsence(module: Module, node: Node, asked: Node, equal: boolean): SpanEdit {
  const name = module.text.slice(asked.start ?? 0, asked.end ?? 0);
  const [start, end] = [node.start ?? 0, node.end ?? 0];
  const around = parentsOf(module).get(node);
  if (around?.type === 'LogicalExpression' && saysTheSame(module, around, node, name, equal)) {
    const other = around.left === node ? around.right : around.left;
    const span = around.left === node ? { start, end: other.start ?? 0 } : { start: other.end ?? 0, end };
    const gap = module.text.slice(span.start, span.end).replace(/'[^']*'|"[^"]*"|`[^`]*`/g, '');
    if (!/[()]/.test(gap.replace(/\.\w+\(\)?/g, '')))
      return { ...span, text: '', why, within: { start: around.start ?? 0, end: around.end ?? 0 } };
  }
  if (equal) return { start, end, text: `!${name}`, why };
  return { start, end, text: around && isCondition(around, node) ? name : `Boolean(${name})`, why };
}

/** `!KEY || KEY === 'your-key'`, `KEY && KEY !== 'your-key'`: the other half asks it already. */
function saysTheSame(
  module: Module,
  around: Extract<Node, { type: 'LogicalExpression' }>,
  node: Node,
  name: string,
  equal: boolean,
): boolean {
  const other = unwrapped(around.left === node ? around.right : around.left);
  const written = module.text.slice(other.start ?? 0, other.end ?? 0);
  return equal ? around.operator === '||' && written === `!${name}` : around.operator === '&&' && written === name;
}

/** Where only its truth counts. */
function isCondition(around: Node, node: Node): boolean {
  switch (around.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
      return around.test === node;
    case 'UnaryExpression':
      return around.operator === '!';
    default:
      return false;
  }
}
