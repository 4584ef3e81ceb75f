import type { Node } from '@babel/types';
import { dottedNamesOf, isCall, isFunction, keyNameOf, memberNameOf, type FunctionNode } from '../calls.ts';
import { specifierOf } from '../imports.ts';
import type { Module } from '../module.ts';
import { parentsOf } from '../scopes.ts';
import { nodesOf } from '../walk.ts';

/** Where a statement about an app can stand so that it runs right after the app is made. */
export type AppPlace =
  /** After a statement. `names` are all that the app is called there, the one to use first. */
  | { readonly kind: 'statement'; readonly statement: Node; readonly names: readonly string[] }
  /** In the constructor of the class whose field it is; for a static field in the class itself. */
  | { readonly kind: 'field'; readonly field: Node; readonly names: readonly string[] }
  /** Wherever the function that makes it is called. */
  | { readonly kind: 'returned'; readonly by: FunctionNode; readonly why: string }
  | { readonly kind: 'none'; readonly why: string };

/** The expression that makes an app, from the offset where it begins: the innermost call there that is no `require`. */
export function makingAt({ tree }: Module, start: number): Node | undefined {
  return nodesOf(tree, 'CallExpression', 'OptionalCallExpression', 'NewExpression')
    .filter((node) => node.start === start && specifierOf(node) === undefined)
    .toSorted((one, other) => (one.end ?? 0) - (other.end ?? 0))[0];
}

/** The place for what comes right after an app. `harmless` matches methods that may be called on it in the same expression. */
export function placeAfter(module: Module, made: Node, harmless: RegExp): AppPlace {
  const parents = parentsOf(module);
  const names: string[] = [];
  let keys = '';
  for (let node = made, parent = parents.get(node); parent; node = parent, parent = parents.get(node)) {
    if (isTransparent(parent, node)) continue;
    if (parent.type === 'MemberExpression' && parent.object === node) {
      const call = parents.get(parent);
      if (!isCall(call) || call.callee !== parent) return none('what it is given to is only a part of it');
      if (!harmless.test(memberNameOf(parent) ?? ''))
        return none('routes or middleware are chained to it in the same expression');
      parent = call;
    } else if (parent.type === 'AssignmentExpression' && parent.right === node && parent.operator === '=') {
      const target = dottedNamesOf(parent.left)?.join('.');
      if (target === undefined) return none('it is given to a name that is worked out at run time');
      names.push(target + keys);
    } else if (parent.type === 'ObjectProperty' && parent.value === node) {
      const key = keyNameOf(parent);
      if (key === undefined || !/^[A-Za-z_$][\w$]*$/.test(key))
        return none('it is given to a name that is worked out at run time');
      keys = `.${key}${keys}`;
    } else return placeIn(module, node, parent, names, keys);
  }
  return none('it stands alone');
}

/** Expressions whose value is the app itself. */
function isTransparent(parent: Node, node: Node): boolean {
  switch (parent.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'AwaitExpression':
    case 'ParenthesizedExpression':
    case 'ObjectExpression':
    case 'LogicalExpression':
      return true;
    case 'ConditionalExpression':
      return parent.test !== node;
    default:
      return false;
  }
}

function placeIn(module: Module, node: Node, parent: Node, names: readonly string[], keys: string): AppPlace {
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier')
    return statementPlace(module, parent, [parent.id.name + keys, ...names]);
  if (parent.type === 'ExpressionStatement')
    return names.length > 0 ? statementPlace(module, node, shortest(names)) : none('it has no name');
  if (
    parent.type === 'ClassProperty' ||
    parent.type === 'ClassAccessorProperty' ||
    parent.type === 'ClassPrivateProperty'
  ) {
    const key = keyNameOf(parent);
    if (key === undefined) return none('it is given to a name that is worked out at run time');
    return { kind: 'field', field: parent, names: [`this.${key}${keys}`, ...names] };
  }
  if (parent.type === 'ExportDefaultDeclaration') return none('it is exported without a name');
  if (
    (parent.type === 'ReturnStatement' || parent.type === 'ArrowFunctionExpression') &&
    names.length === 0 &&
    keys === ''
  ) {
    const by = functionAround(module, node);
    if (by) return { kind: 'returned', by, why: 'it is returned without a name' };
  }
  if (isCall(parent) || parent.type === 'NewExpression') return none('it is handed to another call at once');
  return none('the expression around it is one that cannot be followed by a statement');
}

/** A plain variable is read more easily than `module.exports`. */
function shortest(names: readonly string[]): string[] {
  return names.toSorted((one, other) => rank(one) - rank(other));
}

function rank(name: string): number {
  return name.startsWith('module.') || name.startsWith('exports.') ? 2 : name.includes('.') ? 1 : 0;
}

function functionAround(module: Module, node: Node): FunctionNode | undefined {
  const parents = parentsOf(module);
  for (let around = parents.get(node); around; around = parents.get(around)) if (isFunction(around)) return around;
  return undefined;
}

const lists: ReadonlySet<string> = new Set(['Program', 'BlockStatement', 'StaticBlock', 'TSModuleBlock', 'SwitchCase']);

function statementPlace(module: Module, inside: Node, names: readonly string[]): AppPlace {
  const parents = parentsOf(module);
  const own = parents.get(inside);
  if (!own) return none('it stands alone');
  const parent = parents.get(own);
  const [statement, list] = parent?.type === 'ExportNamedDeclaration' ? [parent, parents.get(parent)] : [own, parent];
  if (!list || !lists.has(list.type)) return none('the statement has no block around it that another one could join');
  if (usedBeforeEnd(own, inside, names[0] ?? '')) return none('the same statement already tells it something');
  return { kind: 'statement', statement, names };
}

/** `const app = express(), server = app.listen(80)`: too late after the statement. */
function usedBeforeEnd(statement: Node, declarator: Node, name: string): boolean {
  if (statement.type !== 'VariableDeclaration') return false;
  const later = statement.declarations.filter(({ start }) => (start ?? 0) > (declarator.start ?? 0));
  return later.some((one) =>
    nodesOf(one, 'CallExpression').some((call) => dottedNamesOf(call.callee)?.join('.').startsWith(`${name}.`)),
  );
}

function none(why: string): AppPlace {
  return { kind: 'none', why };
}
