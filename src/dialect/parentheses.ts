import type { Expression, Node } from '@babel/types';
import type { Span } from './spans.ts';

/** `x as T`, `x satisfies T`, `x!`. */
export type Casting = Extract<Node, { type: 'TSAsExpression' | 'TSSatisfiesExpression' | 'TSNonNullExpression' }>;

/** Takes the type from an expression, and the parentheses that were there only for its sake. */
export function lean(casting: Casting, around: readonly Node[], text: string): Span[] {
  const { expression } = casting;
  const innerEnd = hasParentheses(expression) ? text.indexOf(')', expression.end!) + 1 : expression.end!;
  const spans = [{ start: innerEnd, end: casting.end!, text: '' }];
  const parent = around.at(-1);
  const core = coreOf(expression);
  // `(x as T).y`: the parentheses are around the cast. `(await x) as T`: they are inside.
  if (hasParentheses(casting) && !isCasting(parent) && !needsParentheses(core, casting, parent))
    spans.push(...parenthesesOf(casting, text));
  if (
    hasParentheses(expression) &&
    !isCasting(expression) &&
    !needsParentheses(expression, outermost(casting, around), above(around))
  )
    spans.push(...parenthesesOf(expression, text));
  return spans;
}

function outermost(casting: Node, around: readonly Node[]): Node {
  const place = around.findLastIndex((node) => !isCasting(node));
  return around[place + 1] ?? casting;
}

function above(around: readonly Node[]): Node | undefined {
  return around.findLast((node) => !isCasting(node));
}

function coreOf(expression: Expression): Expression {
  return isCasting(expression) ? coreOf(expression.expression) : expression;
}

function isCasting(node: Node | undefined): node is Casting {
  return node !== undefined && ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(node.type);
}

function hasParentheses(node: Node): boolean {
  return node.extra?.['parenthesized'] === true;
}

function parenthesesOf(node: Node, text: string): Span[] {
  const open = node.extra?.['parenStart'] as number;
  const close = text.indexOf(')', node.end!);
  return [
    { start: open, end: node.start!, text: '' },
    { start: node.end!, end: close + 1, text: '' },
  ];
}

const selfContained = new Set([
  'Identifier',
  'MemberExpression',
  'OptionalMemberExpression',
  'CallExpression',
  'ThisExpression',
  'ArrayExpression',
  'StringLiteral',
  'TemplateLiteral',
]);

/** Whether an expression has to stay in parentheses where it stands. In doubt it does: that is ugly, and never wrong. */
function needsParentheses(core: Expression, place: Node, parent: Node | undefined): boolean {
  if (core.type === 'ObjectExpression')
    return parent?.type === 'ArrowFunctionExpression' || parent?.type === 'MemberExpression';
  if (parent?.type === 'NewExpression' && parent.callee === place) return core.type === 'CallExpression';
  if (core.type === 'OptionalMemberExpression' && parent?.type === 'MemberExpression') return true;
  if (selfContained.has(core.type)) return false;
  return !standsAlone(place, parent);
}

/** Where any expression can stand without parentheses: after `=`, as an argument, behind `return`. */
function standsAlone(place: Node, parent: Node | undefined): boolean {
  if (parent?.type === 'VariableDeclarator') return parent.init === place;
  if (parent?.type === 'AssignmentExpression') return parent.right === place;
  if (parent?.type === 'ReturnStatement') return true;
  return parent?.type === 'CallExpression' && parent.arguments.some((argument) => argument === place);
}
