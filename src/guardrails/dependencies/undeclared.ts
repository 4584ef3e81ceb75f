import type { Node } from '@babel/types';
import { importsOf, packageNameOf, resolveImport, type Import } from '../../code/imports.ts';
import { linesOf, type Module } from '../../code/module.ts';
import { nodesOf, walk } from '../../code/walk.ts';
import { appsOf, dependenciesOf, type App } from '../../repository/apps.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { isSampleFile } from '../../repository/samples.ts';
import { isBuiltin } from '../../rules/deps/builtin.ts';
import { installRootOf } from './locked.ts';

/** A package that the code takes and that no package.json names. */
export interface Undeclared {
  readonly name: string;
  readonly where: Place;
  /** True where tests and settings of tools alone take it. */
  readonly onlyToDevelop: boolean;
}

/** The packages that an app imports without naming them, in the order of their names. */
export function undeclaredIn(repository: Repository, app: App): readonly Undeclared[] {
  const named = namesFor(repository, app);
  const found = new Map<string, Undeclared>();
  for (const { path, role } of app.files) {
    if (!/^(?:source|test|config)$/.test(role) || isSampleFile(app, path)) continue;
    const module = repository.module(path);
    for (const { name, line } of module ? packagesIn(repository, module) : []) {
      if (named.has(name)) continue;
      const onlyToDevelop = role !== 'source';
      const known = found.get(name);
      if (!known || (known.onlyToDevelop && !onlyToDevelop))
        found.set(name, { name, where: { path, line }, onlyToDevelop });
    }
  }
  return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** What an app may take: what it names itself, what its workspace names, and the other packages of the repository. */
function namesFor(repository: Repository, app: App): ReadonlySet<string> {
  const apps = appsOf(repository);
  const around = apps.find(({ root }) => root === installRootOf(repository, app));
  return new Set([
    ...dependenciesOf(app).keys(),
    ...(around ? dependenciesOf(around).keys() : []),
    ...apps.map(({ name }) => name),
  ]);
}

function packagesIn(repository: Repository, module: Module): { readonly name: string; readonly line: number }[] {
  const tried = nodesOf(module.tree, 'TryStatement').map(({ block }) => block);
  return importsOf(module).flatMap((taken) => {
    const { specifier, typeOnly, node } = taken;
    const name = packageNameOf(specifier);
    if (name === undefined || typeOnly || !isPackage(specifier, name) || isOnlyTypes(module, taken)) return [];
    // What is tried may be missing: the code is ready for it.
    if (tried.some((block) => holds(block, node))) return [];
    if (resolveImport(repository, module.path, specifier) !== undefined) return [];
    return [{ name, line: linesOf(module, node).first }];
  });
}

function isPackage(specifier: string, name: string): boolean {
  return (
    !/^(?:https?:|jsr:|npm:|bun:|deno:|virtual:|cloudflare:|astro:|\$)|^bun$|[?!]/.test(specifier) &&
    !isBuiltin(name) &&
    /^(?:@[a-z\d~-][a-z\d._~-]*\/)?[a-z\d~-][a-z\d._~-]*$/.test(name)
  );
}

/** TypeScript leaves out an import that nothing but types need, also where it does not say so. */
function isOnlyTypes({ path, tree }: Module, { kind, names }: Import): boolean {
  if (!/\.[cm]?tsx?$/.test(path) || kind !== 'import' || names.length === 0) return false;
  const locals = new Set(names.map(({ local }) => local));
  let isUsed = false;
  walk(tree, (node, around) => {
    if (node.type === 'ImportDeclaration') return 'skip';
    const named = node.type === 'Identifier' || node.type === 'JSXIdentifier' ? node.name : '';
    if (locals.has(named) && !around.some(({ type }) => /^TS(?:Type|Interface|TypeAlias|ExpressionWith)/.test(type)))
      isUsed = true;
    return undefined;
  });
  return !isUsed;
}

function holds(block: Node, node: Node): boolean {
  return (block.start ?? 0) <= (node.start ?? 0) && (node.end ?? 0) <= (block.end ?? 0);
}
