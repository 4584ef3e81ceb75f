import { calleeNameOf, keyNameOf, unwrapped } from '../../code/calls.ts';
import { textValueOf } from '../../code/literals.ts';
import type { Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';

/** The patterns of `export const config = { matcher }`. */
export function matchersOf(repository: Repository, module: Module): string[] {
  for (const property of nodesOf(module.tree, 'ObjectProperty')) {
    if (keyNameOf(property) !== 'matcher') continue;
    const value = unwrapped(property.value);
    const items = value.type === 'ArrayExpression' ? value.elements : [value];
    return items.flatMap((item) => (item ? (textValueOf(repository, module, item) ?? []) : []));
  }
  return [];
}

/** The lists of `createRouteMatcher([...])`: paths that are open, or the only ones that are kept. */
export function listsOf(repository: Repository, module: Module): { patterns: string[]; open: boolean }[] {
  return nodesOf(module.tree, 'VariableDeclarator').flatMap(({ id, init }) => {
    if (id.type !== 'Identifier' || init?.type !== 'CallExpression') return [];
    const [list] = init.arguments;
    if (calleeNameOf(init) !== 'createRouteMatcher' || list?.type !== 'ArrayExpression') return [];
    const patterns = list.elements.flatMap((item) => (item ? (textValueOf(repository, module, item) ?? []) : []));
    return [{ patterns, open: new RegExp(`!\\s*${id.name}\\(`).test(module.text) }];
  });
}

/** Whether a matcher such as `/api/:path*` or `/((?!api|_next).*)` fits a URL. One that cannot be read fits. */
export function matches(matcher: string, url: string): boolean {
  const pattern = matcher
    .replaceAll(/\/:\w+\*/g, '(?:/.*)?')
    .replaceAll(/\/:\w+\+/g, '/.+')
    .replaceAll(/:\w+/g, '[^/]+');
  try {
    return new RegExp(`^${pattern}/?$`).test(url);
  } catch {
    return true;
  }
}
