import type { AssignmentExpression, Node, Statement } from '@babel/types';
import { dottedNamesOf, keyNameOf, unwrapped } from './calls.ts';
import type { Module } from './module.ts';
import { nodesOf } from './walk.ts';

/** One thing that a module gives to others. */
export type Export =
  /** Made here: the declaration, or the expression of its value. */
  | { readonly kind: 'here'; readonly node: Node }
  /** Passed on from another module; `imported` is a name, `default` or `*`. */
  | { readonly kind: 'from'; readonly specifier: string; readonly imported: string };

/** What a module exports, by name. `default` is also what `module.exports =` gives; `passedOn` lists every `export * from`. */
export interface Exports {
  readonly names: ReadonlyMap<string, Export>;
  readonly passedOn: readonly string[];
  /** True for `module.exports =` and `exports.x =`. */
  readonly commonJs: boolean;
}

const known = new WeakMap<Module, Exports>();

/** What a module exports: ES exports, `export =`, `module.exports`, `exports.x`. */
export function exportsOf(module: Module): Exports {
  const found = known.get(module) ?? readExports(module);
  known.set(module, found);
  return found;
}

interface Found {
  readonly names: Map<string, Export>;
  readonly passedOn: string[];
  commonJs: boolean;
}

function readExports(module: Module): Exports {
  const found: Found = { names: new Map(), passedOn: [], commonJs: false };
  for (const statement of module.tree.program.body) ofStatement(statement, found);
  if (/\bexports\b/.test(module.text))
    for (const assignment of nodesOf(module.tree, 'AssignmentExpression')) ofAssignment(assignment, found);
  return found;
}

function ofStatement(statement: Statement, { names, passedOn }: Found): void {
  if (statement.type === 'ExportDefaultDeclaration')
    names.set('default', { kind: 'here', node: statement.declaration });
  else if (statement.type === 'TSExportAssignment') names.set('default', { kind: 'here', node: statement.expression });
  else if (statement.type === 'ExportAllDeclaration') passedOn.push(statement.source.value);
  else if (statement.type === 'ExportNamedDeclaration') {
    for (const declared of declaredBy(statement.declaration))
      names.set(declared.name, { kind: 'here', node: declared.node });
    for (const specifier of statement.specifiers) {
      const exported = 'exported' in specifier ? nameOf(specifier.exported) : '';
      if (specifier.type === 'ExportNamespaceSpecifier' && statement.source)
        names.set(exported, { kind: 'from', specifier: statement.source.value, imported: '*' });
      if (specifier.type !== 'ExportSpecifier') continue;
      if (statement.source)
        names.set(exported, { kind: 'from', specifier: statement.source.value, imported: nameOf(specifier.local) });
      else names.set(exported, { kind: 'here', node: specifier.local });
    }
  }
}

function declaredBy(declaration: Node | null | undefined): { name: string; node: Node }[] {
  if (!declaration) return [];
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap((declarator) =>
      declarator.id.type === 'Identifier'
        ? [{ name: declarator.id.name, node: declarator.init ?? declarator.id }]
        : nodesOf(declarator.id, 'Identifier').map((node) => ({ name: node.name, node })),
    );
  const id = 'id' in declaration ? (declaration.id as Node | null | undefined) : undefined;
  return id?.type === 'Identifier' ? [{ name: id.name, node: declaration }] : [];
}

/** `module.exports = x`, `module.exports.y = x`, `exports.y = x`, and chains such as `module.exports = exports = x`. */
function ofAssignment({ left, right }: AssignmentExpression, found: Found): void {
  const [first, ...rest] = dottedNamesOf(left) ?? [];
  const path = first === 'module' && rest[0] === 'exports' ? rest.slice(1) : first === 'exports' ? rest : undefined;
  if (!path || path.length > 1 || (first === 'exports' && path.length === 0)) return;
  found.commonJs = true;
  const value = lastAssigned(right);
  found.names.set(path[0] ?? 'default', { kind: 'here', node: value });
  if (path.length === 0 && value.type === 'ObjectExpression')
    for (const property of value.properties) {
      if (property.type === 'SpreadElement') continue;
      const name = keyNameOf(property);
      if (name !== undefined)
        found.names.set(name, { kind: 'here', node: property.type === 'ObjectProperty' ? property.value : property });
    }
}

function lastAssigned(node: Node): Node {
  const plain = unwrapped(node);
  return plain.type === 'AssignmentExpression' ? lastAssigned(plain.right) : plain;
}

function nameOf(node: Node): string {
  return node.type === 'Identifier' ? node.name : node.type === 'StringLiteral' ? node.value : '';
}
