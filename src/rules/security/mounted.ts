import type { Node } from '@babel/types';
import { isCall, memberNameOf, type Call } from '../../code/calls.ts';
import { importsOf, packageNameOf } from '../../code/imports.ts';
import type { Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code } from '../../frameworks/server.ts';
import type { App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { mayImport } from '../../repository/specifiers.ts';
import { serverModules } from '../server-files.ts';

/** Where something of a package is put in front of routes. */
export interface Mount extends Code {
  /** `everything` of its app or router; the routes `under` a path; one `route`. */
  readonly reach: 'everything' | 'route' | { readonly under: string };
}

/** What an app does with a package: put it to work, or only bring it in. */
export interface PackageUse {
  readonly mounts: readonly Mount[];
  /** Where it is made and then forgotten. */
  readonly forgotten: readonly Code[];
}

/** Where packages are mounted: `app.use(helmet())`, `register(helmet)`, `const limiter = rateLimit(); app.use('/api', limiter)`. */
export function usesOf(repository: Repository, app: App, packages: RegExp, hint: RegExp): PackageUse {
  const mounts: Mount[] = [];
  const forgotten: Code[] = [];
  const files = app.files.filter(({ path }) => mayImport(repository, path, packages));
  for (const module of serverModules(repository, { files }, hint)) {
    const names = importsOf(module)
      .filter(
        ({ specifier, typeOnly }) =>
          !typeOnly && packages.test(packageNameOf(specifier) === undefined ? '' : specifier),
      )
      .flatMap((entry) => entry.names.map(({ local }) => local));
    if (names.length === 0) continue;
    const made = names.flatMap((name) => usesOfName(module, name));
    const here = made.flatMap((use) => mountsBy({ repository, app }, module, use));
    mounts.push(...here);
    const [first] = made;
    if (here.length === 0 && first) forgotten.push({ module, node: first });
  }
  return { mounts, forgotten };
}

/** Every place where a name is used, its declaration and imports left out. */
function usesOfName(module: Module, name: string): Node[] {
  const parents = parentsOf(module);
  return nodesOf(module.tree, 'Identifier').filter((node) => {
    if (node.name !== name) return false;
    const parent = parents.get(node);
    if (!parent || /^(?:Import|TS)/.test(parent.type) || (parent.type === 'VariableDeclarator' && parent.id === node))
      return false;
    const inPattern = parent.type === 'ObjectProperty' && parents.get(parent)?.type === 'ObjectPattern';
    const isKey =
      (parent.type === 'ObjectProperty' && parent.key === node && parent.value !== node) ||
      (parent.type === 'MemberExpression' && parent.property === node && !parent.computed);
    return !inPattern && !isKey;
  });
}

const mounting =
  /^(?:use|register|all|get|post|put|patch|delete|route|addHook|useGlobalGuards|on|openapi|plugin|configure|unstable_use)$/;

/** Follows a value outwards until it is handed to the app, or to a name, whose uses are then followed in all files. */
function mountsBy(
  within: { readonly repository: Repository; readonly app: App },
  module: Module,
  use: Node,
  depth = 0,
): Mount[] {
  const parents = parentsOf(module);
  for (let node = use; ;) {
    const parent = parents.get(node);
    if (!parent || depth > 3) return [];
    const name = isCall(parent) && parent.callee !== node ? memberNameOf(parent.callee) : undefined;
    if (isCall(parent) && name !== undefined && mounting.test(name))
      return [{ module, node: parent, reach: reachOf(parent, name) }];
    const given = nameGiven(parent, node);
    if (given !== undefined)
      return serverModules(within.repository, within.app, new RegExp(`\\b${given.replaceAll('$', '\\$')}\\b`)).flatMap(
        (other) =>
          usesOfName(other, given).flatMap((next) => (next === use ? [] : mountsBy(within, other, next, depth + 1))),
      );
    if (parent.type === 'Decorator') return [{ module, node: parent, reach: 'route' }];
    node = parent;
  }
}

/** The variable, function or property that holds the value from here on. */
function nameGiven(parent: Node, value: Node): string | undefined {
  if (parent.type === 'VariableDeclarator' && parent.init === value && parent.id.type === 'Identifier')
    return parent.id.name;
  if (parent.type === 'FunctionDeclaration') return parent.id?.name;
  if (parent.type === 'ClassDeclaration') return parent.id?.name;
  return undefined;
}

function reachOf({ arguments: [first], callee }: Call, name: string): Mount['reach'] {
  const path = first?.type === 'StringLiteral' ? first.value : undefined;
  if (/^(?:get|post|put|patch|delete|openapi|route)$/.test(name)) return 'route';
  if (path === undefined || /^(?:onRequest|preHandler|preValidation|preParsing|onSend)$/.test(path))
    return 'everything';
  return /^(?:\/?\*?|\/\*\*?)$/.test(path) || callee.type === 'Identifier'
    ? 'everything'
    : { under: path.replace(/\/?\*+$/, '') };
}
