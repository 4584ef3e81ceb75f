import type { Node } from '@babel/types';
import { isCall, isFunction, memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import { nodesOf, walk } from '../../code/walk.ts';
import { inputIn, requestName, type InputPart } from './request-input.ts';

/** Functions after which a value cannot hold code any more: a number, an escaped text, a name without a path. */
const cleans =
  /(?:^(?:Number|Boolean|parseInt|parseFloat|BigInt|isNaN|basename|encodeURIComponent|encodeURI|toFixed|isValid|includes|has|test|indexOf|startsWith)$|escape|saniti[sz]e|purify|quote|encode)/i;

/** Functions that hand on what they are given. */
const passes =
  /^(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|slice|substring|substr|replace|replaceAll|concat|split|join|map|filter|normalize|padStart|padEnd|at|get|String|parse|stringify|assign|flat|reverse|values|keys|entries|decodeURIComponent|from)$/;

/** Names that hold what a stranger sent, in a function and in those inside it. Names, not bindings: a near enough guess. */
export interface Tainted {
  readonly names: ReadonlySet<string>;
  /** Where only one part of the request counts. */
  readonly part?: InputPart;
}

const known = new WeakMap<Node, Tainted>();

/** The names in a function that hold input of a request. */
export function taintedIn(root: Node): Tainted {
  const found = known.get(root) ?? { names: namesIn(root) };
  known.set(root, found);
  return found;
}

/** The names in a function that hold one part of a request. */
export function taintedBy(part: InputPart, root: Node): Tainted {
  return { names: namesIn(root, part), part };
}

function namesIn(root: Node, part?: InputPart): Set<string> {
  const names = new Set<string>();
  const tainted: Tainted = part ? { names, part } : { names };
  for (let before = -1; before !== names.size;) {
    before = names.size;
    walk(root, (node) => {
      if (node.type === 'VariableDeclarator' && node.init && isTainted(node.init, tainted)) addNames(node.id, names);
      if (node.type === 'AssignmentExpression' && isTainted(node.right, tainted) && node.left.type === 'Identifier')
        names.add(node.left.name);
      if (node.type === 'ForOfStatement' && isTainted(node.right, tainted))
        for (const { id } of nodesOf(node.left, 'VariableDeclarator')) addNames(id, names);
    });
  }
  return names;
}

function addNames(pattern: Node, names: Set<string>): void {
  if (pattern.type === 'Identifier') names.add(pattern.name);
  else if (pattern.type === 'ObjectPattern')
    for (const property of pattern.properties)
      addNames(property.type === 'RestElement' ? property.argument : property.value, names);
  else if (pattern.type === 'AssignmentPattern') addNames(pattern.left, names);
  else if (pattern.type === 'RestElement') addNames(pattern.argument, names);
  else if (pattern.type === 'ArrayPattern') for (const item of pattern.elements) if (item) addNames(item, names);
}

/** True when the value of an expression holds what a stranger sent. */
export function isTainted(expression: Node, tainted: Tainted): boolean {
  const node = unwrapped(expression);
  const read = inputIn(node);
  if (read && (!tainted.part || tainted.part === read)) return true;
  switch (node.type) {
    case 'Identifier':
      return tainted.names.has(node.name);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return memberNameOf(node) !== 'length' && isTainted(node.object, tainted);
    case 'TemplateLiteral':
      return node.expressions.some((part) => isTainted(part, tainted));
    case 'BinaryExpression':
      return node.operator === '+' && [node.left, node.right].some((part) => isTainted(part, tainted));
    case 'LogicalExpression':
      return isTainted(node.left, tainted) || isTainted(node.right, tainted);
    case 'ConditionalExpression':
      return isTainted(node.consequent, tainted) || isTainted(node.alternate, tainted);
    case 'ObjectExpression':
      return node.properties.some((property) => {
        if (property.type === 'SpreadElement') return isTainted(property.argument, tainted);
        return property.type === 'ObjectProperty' && isTainted(property.value, tainted);
      });
    case 'ArrayExpression':
      return node.elements.some((element) => element !== null && isTainted(element, tainted));
    case 'SpreadElement':
      return isTainted(node.argument, tainted);
    case 'NewExpression':
      return (
        node.callee.type === 'Identifier' &&
        node.callee.name === 'URL' &&
        node.arguments.some((part) => isTainted(part, tainted))
      );
    default:
      return isCall(node) && callHandsOn(node, tainted);
  }
}

function callHandsOn(
  call: Extract<Node, { type: 'CallExpression' | 'OptionalCallExpression' }>,
  tainted: Tainted,
): boolean {
  const name = call.callee.type === 'Identifier' ? call.callee.name : memberNameOf(call.callee);
  if (name === undefined || cleans.test(name) || !passes.test(name)) return false;
  const object = objectOf(call.callee);
  return (
    (object !== undefined && isTainted(object, tainted)) || call.arguments.some((part) => isTainted(part, tainted))
  );
}

/**
 * The function whose names matter for a node: the outermost one around it that is given a request, so that callbacks inside a handler count as part
 * of it; else the innermost; else the file.
 */
export function handlerAround(around: readonly Node[]): Node | undefined {
  return (
    around.find((node) => isFunction(node) && node.params.some(isRequestParameter)) ??
    around.findLast(isFunction) ??
    around[0]
  );
}

function isRequestParameter(parameter: Node): boolean {
  const named = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return named.type === 'Identifier' && requestName.test(named.name);
}
