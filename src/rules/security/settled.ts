import type { Node } from '@babel/types';
import { isCall, isFunction, memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import { nodesOf } from '../../code/walk.ts';

const declared = new WeakMap<Node, ReadonlyMap<string, Node | undefined>>();

/** The value that a name is given where it is declared, in the nearest of the scopes around. */
export function declaredValue(name: string, around: readonly Node[]): Node | undefined {
  for (const scope of around.toReversed()) {
    if (!isFunction(scope) && scope.type !== 'Program') continue;
    if (
      isFunction(scope) &&
      scope.params.some((parameter) => parameter.type === 'Identifier' && parameter.name === name)
    )
      return undefined;
    const values = declared.get(scope) ?? valuesIn(scope);
    declared.set(scope, values);
    if (values.has(name)) return values.get(name);
  }
  return undefined;
}

function valuesIn(scope: Node): ReadonlyMap<string, Node | undefined> {
  const values = new Map<string, Node | undefined>();
  for (const { id, init } of nodesOf(scope, 'VariableDeclarator'))
    if (id.type === 'Identifier' && !values.has(id.name)) values.set(id.name, init ?? undefined);
  return values;
}

/** The list that a name goes through: `for (const table of tables)`, `tables.forEach((table) => …)`. */
function listOf(name: string, around: readonly Node[]): Node | undefined {
  for (const [index, scope] of around.entries()) {
    if (scope.type === 'ForOfStatement' && nodesOf(scope.left, 'Identifier').some((node) => node.name === name))
      return scope.right;
    const call = around[index - 1];
    const isCallback = isFunction(scope) && scope.params[0]?.type === 'Identifier' && scope.params[0].name === name;
    if (!isCallback || !call || !isCall(call)) continue;
    if (/^(?:forEach|map|flatMap)$/.test(memberNameOf(call.callee) ?? '')) return objectOf(call.callee);
  }
  return undefined;
}

/** True when the programmer alone decides what an expression can be: literals, constants of them, question marks joined by commas, numbers. */
export function isSettled(expression: Node, around: readonly Node[], depth = 0): boolean {
  const node = unwrapped(expression);
  const inside = (part: Node | null): boolean => part === null || isSettled(part, around, depth + 1);
  if (depth > 6) return false;
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'UpdateExpression':
      return true;
    case 'TemplateLiteral':
      return node.expressions.every(inside);
    case 'BinaryExpression':
      return node.operator !== '+' || (inside(node.left) && inside(node.right));
    case 'ConditionalExpression':
      return inside(node.consequent) && inside(node.alternate);
    case 'LogicalExpression':
      return inside(node.left) && inside(node.right);
    case 'ArrayExpression':
      return node.elements.every(inside);
    case 'Identifier': {
      if (/^_*[A-Z][A-Z0-9_]+$/.test(node.name) || /placeholders?$/i.test(node.name) || node.name === '__dirname')
        return true;
      const value = declaredValue(node.name, around) ?? listOf(node.name, around);
      return value !== undefined && inside(value);
    }
    case 'MemberExpression':
      return memberNameOf(node) === 'length' || inside(node.object);
    case 'ObjectExpression':
      return node.properties.every((property) => property.type === 'ObjectProperty' && inside(property.value));
    default:
      return isCall(node) && isSettledCall(node, inside);
  }
}

function isSettledCall(
  { callee, arguments: given }: Extract<Node, { type: 'CallExpression' | 'OptionalCallExpression' }>,
  inside: (part: Node) => boolean,
): boolean {
  const name = (callee.type === 'Identifier' ? callee.name : memberNameOf(callee)) ?? '';
  if (numbersAndQuotes.test(name)) return true;
  const object = objectOf(callee);
  if (!object || !/^(?:join|fill|repeat|map|resolve|trim)$/.test(name)) return false;
  return given.every((part) => isFunction(part) || inside(part)) && isMarks(object, inside);
}

const numbersAndQuotes =
  /^(?:Number|parseInt|parseFloat|now|getTime|random|toFixed|floor|round|escapeId|escapeIdentifier|escapeLiteral)$/;

/** `ids.map(() => '?')`, `Array(3).fill('?')`, `path`. */
function isMarks(node: Node, inside: (part: Node) => boolean): boolean {
  if (node.type === 'Identifier' && node.name === 'path') return true;
  if (!isCall(node)) return inside(node);
  const name = node.callee.type === 'Identifier' ? node.callee.name : memberNameOf(node.callee);
  const [callback] = node.arguments;
  if (name === 'map')
    return (
      callback?.type === 'ArrowFunctionExpression' && callback.body.type !== 'BlockStatement' && inside(callback.body)
    );
  return name === 'fill' || name === 'Array' || inside(node);
}
