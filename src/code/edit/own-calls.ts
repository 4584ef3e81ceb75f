import type { Node } from '@babel/types';
import { calleeNameOf, dottedNamesOf, type Call } from '../calls.ts';
import { importsOf } from '../imports.ts';
import type { Module } from '../module.ts';
import { declarationOf } from '../scopes.ts';
import { nodesOf } from '../walk.ts';

/** A function that a project has from us: what it is called in its module, and how that module is named when it is imported. */
export interface Ours {
  readonly name: string;
  /** Whether a specifier means the module, seen from the file that imports it. */
  readonly isModule: (specifier: string, from: string) => boolean;
}

/** The calls of our function in a module, whatever it is called there. Comments and equal names of others do not count. */
export function callsOf(module: Module, { name, isModule }: Ours): Call[] {
  const locals = new Set(
    importsOf(module)
      .filter(({ specifier, typeOnly }) => !typeOnly && isModule(specifier, module.path))
      .flatMap(({ names }) => names)
      .flatMap(({ imported, local }) =>
        imported === name ? [local] : imported === '*' || imported === 'default' ? [`${local}.${name}`] : [],
      ),
  );
  if (locals.size === 0) return [];
  return nodesOf(module.tree, 'CallExpression').filter((call) => locals.has(calleeNameOf(call) ?? ''));
}

/** The call among these that is about the app that `made` makes and that has one of these names there. */
export function callAbout(
  module: Module,
  calls: readonly Call[],
  names: readonly string[],
  made: Node,
): Call | undefined {
  return calls.find((call) => {
    const [first] = call.arguments;
    const path = (first && dottedNamesOf(first)) ?? [];
    const [root = ''] = path;
    return names.includes(path.join('.')) && meaningAt(module, root, call) === meaningAt(module, root, made);
  });
}

function meaningAt(module: Module, name: string, at: Node): Node | undefined {
  return declarationOf(module, { name }, at)?.id;
}
