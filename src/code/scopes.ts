import type { Identifier, Node } from '@babel/types';
import { isFunction, keyNameOf, type FunctionNode } from './calls.ts';
import type { Module } from './module.ts';
import { childrenOf, walk } from './walk.ts';

/** A name and what gives it its value. */
export interface Declared {
  readonly name: string;
  /** Where the name stands. */
  readonly id: Node;
  readonly kind: 'variable' | 'function' | 'class' | 'parameter' | 'import' | 'other';
  /** `variable`: the expression that it takes its value from. `function`, `class`, `import`: the declaration. `parameter`: the function. */
  readonly from: Node | undefined;
  /** The way from that value to this name when it is destructured: `['body', 'id']`; a number for a place in an array. */
  readonly path: readonly (string | number)[];
  /** False when it may be assigned again. */
  readonly constant: boolean;
}

type Scope = ReadonlyMap<string, Declared>;

const parents = new WeakMap<Module, Map<Node, Node>>();
const scopes = new WeakMap<Node, Scope>();

/** The node around each node of a module. */
export function parentsOf(module: Module): ReadonlyMap<Node, Node> {
  const known = parents.get(module);
  if (known) return known;
  const found = new Map<Node, Node>();
  walk(module.tree, (node, around) => {
    const parent = around.at(-1);
    if (parent) found.set(node, parent);
  });
  parents.set(module, found);
  return found;
}

/** The declaration that a name means where it stands; undefined for a global. */
export function declarationOf(module: Module, { name }: Identifier | { name: string }, at: Node): Declared | undefined {
  const around = parentsOf(module);
  for (let node: Node | undefined = at; node; node = around.get(node)) {
    const found = isScope(node) ? scopeOf(node).get(name) : undefined;
    if (found) return found;
  }
  return undefined;
}

function isScope(node: Node): boolean {
  return isFunction(node) || scopeTypes.has(node.type);
}

const scopeTypes: ReadonlySet<string> = new Set([
  'Program',
  'BlockStatement',
  'StaticBlock',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'SwitchStatement',
  'CatchClause',
  'ClassExpression',
  'TSModuleBlock',
]);

/** The names that one function, block or module declares. */
export function scopeOf(node: Node): Scope {
  const known = scopes.get(node);
  if (known) return known;
  const names = new Map<string, Declared>();
  const add = (declared: Declared): void => {
    if (!names.has(declared.name) || declared.kind !== 'variable') names.set(declared.name, declared);
  };
  if (isFunction(node)) {
    for (const parameter of node.params) declare(parameter, add, { kind: 'parameter', from: node, constant: false });
    ownName(node, add);
  } else if (node.type === 'CatchClause' && node.param)
    declare(node.param, add, { kind: 'other', from: undefined, constant: true });
  else if (node.type === 'ClassExpression' && node.id)
    declare(node.id, add, { kind: 'class', from: node, constant: true });
  else for (const child of childrenOf(node)) ofStatement(child, add);
  if (isFunction(node) || node.type === 'Program') hoisted(node, add);
  scopes.set(node, names);
  return names;
}

type Add = (declared: Declared) => void;
type Source = Pick<Declared, 'kind' | 'from' | 'constant'>;

function ownName(node: FunctionNode, add: Add): void {
  if (node.type === 'FunctionExpression' && node.id)
    declare(node.id, add, { kind: 'function', from: node, constant: true });
}

function ofStatement(statement: Node, add: Add): void {
  if (statement.type === 'VariableDeclaration' && statement.kind !== 'var') ofVariables(statement, add);
  else if (statement.type === 'FunctionDeclaration' && statement.id)
    declare(statement.id, add, { kind: 'function', from: statement, constant: true });
  else if (statement.type === 'ClassDeclaration' && statement.id)
    declare(statement.id, add, { kind: 'class', from: statement, constant: true });
  else if (statement.type === 'TSEnumDeclaration')
    declare(statement.id, add, { kind: 'other', from: statement, constant: true });
  else if (statement.type === 'ImportDeclaration')
    for (const { local } of statement.specifiers)
      declare(local, add, { kind: 'import', from: statement, constant: true });
  else if (statement.type === 'TSImportEqualsDeclaration')
    declare(statement.id, add, { kind: 'import', from: statement, constant: true });
  else if (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') {
    if (statement.declaration) ofStatement(statement.declaration, add);
  }
}

/** `var` belongs to the function around it, however deep it stands. */
function hoisted(root: Node, add: Add): void {
  walk(root, (node) => {
    if (node !== root && isFunction(node)) return 'skip';
    if (node.type === 'VariableDeclaration' && node.kind === 'var') ofVariables(node, add);
    return undefined;
  });
}

function ofVariables(statement: Extract<Node, { type: 'VariableDeclaration' }>, add: Add): void {
  const constant = statement.kind === 'const';
  for (const { id, init } of statement.declarations)
    declare(id, add, { kind: 'variable', from: init ?? undefined, constant });
}

/** Declares every name of a pattern. */
function declare(pattern: Node, add: Add, source: Source, path: Declared['path'] = []): void {
  if (pattern.type === 'Identifier') add({ name: pattern.name, id: pattern, path, ...source });
  else if (pattern.type === 'AssignmentPattern') declare(pattern.left, add, source, path);
  else if (pattern.type === 'TSParameterProperty') declare(pattern.parameter, add, source, path);
  else if (pattern.type === 'RestElement') declare(pattern.argument, add, { ...source, kind: 'other' }, path);
  else if (pattern.type === 'ArrayPattern')
    pattern.elements.forEach((element, index) => element && declare(element, add, source, [...path, index]));
  else if (pattern.type === 'ObjectPattern')
    for (const property of pattern.properties) {
      if (property.type === 'RestElement') declare(property.argument, add, { ...source, kind: 'other' }, path);
      else declare(property.value, add, source, [...path, keyNameOf(property) ?? '?']);
    }
}
