import type { Node } from '@babel/types';
import type { Repository } from '../repository/repository.ts';
import { isFunction, keyNameOf, memberNameOf, objectOf, unwrapped, type FunctionNode } from './calls.ts';
import { exportsOf } from './exports.ts';
import { packageNameOf, specifierOf } from './imports.ts';
import type { Module } from './module.ts';
import { resolveImport } from './resolve.ts';
import { declarationOf, type Declared } from './scopes.ts';

/** What an expression refers to, followed through names and files to where it is made. */
export type Definition =
  /** A function, class, object or other expression of this repository. */
  | { readonly kind: 'code'; readonly module: Module; readonly node: Node }
  /** Something of a package: `path` is the way inside it, `[]` for the package as a whole, `['default']` for its default. */
  | { readonly kind: 'package'; readonly name: string; readonly specifier: string; readonly path: readonly string[] }
  /** All that a file of this repository exports. */
  | { readonly kind: 'module'; readonly module: Module }
  /** What a function is called with. */
  | {
      readonly kind: 'parameter';
      readonly module: Module;
      readonly of: FunctionNode;
      readonly index: number;
      readonly path: readonly string[];
    }
  /** A name that no file declares: `process`, `fetch`. */
  | { readonly kind: 'global'; readonly path: readonly string[] };

/** How many names are followed before giving up: more is a circle. */
const farthest = 30;

/** What an expression refers to; undefined when it cannot be told. Calls are not followed: a call is `code` itself. */
export function definitionOf(
  repository: Repository,
  module: Module,
  node: Node,
  steps: number = farthest,
): Definition | undefined {
  if (steps <= 0) return undefined;
  const plain = unwrapped(node);
  if (plain.type === 'Identifier') return ofName(repository, module, plain.name, plain, steps);
  const name = memberNameOf(plain);
  const object = objectOf(plain);
  if (name !== undefined && object) {
    const whole = definitionOf(repository, module, object, steps - 1);
    return whole && memberOf(repository, whole, name, steps - 1);
  }
  const specifier = specifierOf(plain);
  if (specifier !== undefined) return importedFrom(repository, module, specifier, '*', steps - 1);
  return { kind: 'code', module, node: plain };
}

function ofName(repository: Repository, module: Module, name: string, at: Node, steps: number): Definition | undefined {
  const declared = declarationOf(module, { name }, at);
  if (!declared) return { kind: 'global', path: [name] };
  return ofDeclared(repository, module, declared, steps - 1);
}

function ofDeclared(repository: Repository, module: Module, declared: Declared, steps: number): Definition | undefined {
  const { kind, from, path, id } = declared;
  if (kind === 'import' && from) return ofImport(repository, module, from, id, steps);
  if (kind === 'parameter' && from && isFunction(from)) {
    const index = from.params.findIndex((parameter) => contains(parameter, id));
    return { kind: 'parameter', module, of: from, index, path: path.map(String) };
  }
  if (kind === 'function' || kind === 'class') return from && { kind: 'code', module, node: from };
  if (kind !== 'variable' || !from) return undefined;
  let found = definitionOf(repository, module, from, steps);
  for (const key of path) found = found && memberOf(repository, found, String(key), steps);
  return found;
}

function ofImport(
  repository: Repository,
  module: Module,
  declaration: Node,
  local: Node,
  steps: number,
): Definition | undefined {
  if (declaration.type === 'TSImportEqualsDeclaration') {
    const { moduleReference } = declaration;
    if (moduleReference.type !== 'TSExternalModuleReference') return undefined;
    return importedFrom(repository, module, (moduleReference.expression as { value: string }).value, '*', steps);
  }
  if (declaration.type !== 'ImportDeclaration') return undefined;
  const specifier = declaration.specifiers.find((candidate) => candidate.local === local);
  if (!specifier) return undefined;
  const imported =
    specifier.type === 'ImportDefaultSpecifier'
      ? 'default'
      : specifier.type === 'ImportNamespaceSpecifier'
        ? '*'
        : keyNameOf({ key: specifier.imported });
  return importedFrom(repository, module, declaration.source.value, imported ?? 'default', steps);
}

/** What a module gets when it imports a name: `*` is all of it. */
export function importedFrom(
  repository: Repository,
  { path }: Module,
  specifier: string,
  imported: string,
  steps: number = farthest,
): Definition | undefined {
  const file = resolveImport(repository, path, specifier);
  const target = file === undefined ? undefined : repository.module(file);
  if (target)
    return imported === '*' ? wholeOf(repository, target, steps) : exportedBy(repository, target, imported, steps);
  const name = file === undefined ? packageNameOf(specifier) : undefined;
  return name === undefined
    ? undefined
    : { kind: 'package', name, specifier, path: imported === '*' ? [] : [imported] };
}

/** What `require` gives: what a CommonJS file assigns to `module.exports`, else all exports. */
function wholeOf(repository: Repository, module: Module, steps: number): Definition {
  const { names, commonJs } = exportsOf(module);
  const assigned = commonJs && names.has('default') ? exportedBy(repository, module, 'default', steps - 1) : undefined;
  return assigned ?? { kind: 'module', module };
}

/** What a module exports under a name, followed to where it is made. */
export function exportedBy(
  repository: Repository,
  module: Module,
  name: string,
  steps: number = farthest,
): Definition | undefined {
  if (steps <= 0) return undefined;
  const { names, passedOn, commonJs } = exportsOf(module);
  const found = names.get(name);
  if (found?.kind === 'here') {
    if (isFunction(found.node) || found.node.type.startsWith('Class'))
      return { kind: 'code', module, node: found.node };
    return definitionOf(repository, module, found.node, steps - 1);
  }
  if (found) return importedFrom(repository, module, found.specifier, found.imported, steps - 1);
  const whole = name !== 'default' && commonJs ? exportedBy(repository, module, 'default', steps - 1) : undefined;
  if (whole) return memberOf(repository, whole, name, steps - 1);
  if (name === 'default' && commonJs) return { kind: 'module', module };
  for (const specifier of passedOn) {
    const passed = importedFrom(repository, module, specifier, name, steps - 1);
    if (passed) return passed;
  }
  return undefined;
}

/** `name` of what a definition is: a property, an export, a static member, a way further into a package. */
export function memberOf(
  repository: Repository,
  whole: Definition,
  name: string,
  steps: number = farthest,
): Definition | undefined {
  if (steps <= 0) return undefined;
  if (whole.kind === 'package' || whole.kind === 'global') return { ...whole, path: [...whole.path, name] };
  if (whole.kind === 'parameter') return { ...whole, path: [...whole.path, name] };
  if (whole.kind === 'module') return exportedBy(repository, whole.module, name, steps - 1);
  const { module, node } = whole;
  const member = node.type === 'ObjectExpression' ? propertyOf(node, name) : staticMemberOf(node, name);
  if (!member) return undefined;
  return isFunction(member)
    ? { kind: 'code', module, node: member }
    : definitionOf(repository, module, member, steps - 1);
}

function propertyOf(object: Extract<Node, { type: 'ObjectExpression' }>, name: string): Node | undefined {
  const property = object.properties.findLast(
    (candidate) => candidate.type !== 'SpreadElement' && keyNameOf(candidate) === name,
  );
  if (!property || property.type === 'SpreadElement') return undefined;
  return property.type === 'ObjectProperty' ? property.value : property;
}

function staticMemberOf(node: Node, name: string): Node | undefined {
  if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return undefined;
  for (const member of node.body.body) {
    if (member.type === 'ClassMethod' && member.static && keyNameOf(member) === name) return member;
    if (member.type === 'ClassProperty' && member.static && keyNameOf(member) === name)
      return member.value ?? undefined;
  }
  return undefined;
}

function contains(outer: Node, inner: Node): boolean {
  return (outer.start ?? 0) <= (inner.start ?? 0) && (outer.end ?? 0) >= (inner.end ?? 0);
}

/** The code of a function that an expression refers to; undefined when it is none or cannot be followed. A whole module means what it assigns to `module.exports`. */
export function functionOf(
  repository: Repository,
  module: Module,
  node: Node,
): { readonly module: Module; readonly node: FunctionNode } | undefined {
  const found = definitionOf(repository, module, node);
  const whole = found?.kind === 'module' ? exportedBy(repository, found.module, 'default') : found;
  return whole?.kind === 'code' && isFunction(whole.node) ? { module: whole.module, node: whole.node } : undefined;
}
