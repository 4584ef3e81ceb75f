import { calleeNameOf, isFunction, keyNameOf, unwrapped } from '../../code/calls.ts';
import { exportedBy } from '../../code/bindings.ts';
import { exportsOf } from '../../code/exports.ts';
import { textValueOf } from '../../code/literals.ts';
import { placeOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { App } from '../../repository/apps.ts';
import { joined } from '../../repository/entries.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { judgeHandler } from '../refusal/handler.ts';

/** The code that Next.js runs before routes: middleware.ts, since version 16 proxy.ts. */
export interface Gate {
  readonly module: Module;
  readonly where: Place;
  /** Where it sends strangers away; undefined where it does not. */
  readonly refusesAt: Place | undefined;
  /** Whether it runs for a path, as far as its matcher tells. */
  covers(path: string): boolean;
}

/** The gate of an app. */
export function gateOf(repository: Repository, { root }: App): Gate | undefined {
  const paths = ['middleware', 'proxy', 'src/middleware', 'src/proxy'].flatMap((name) =>
    ['ts', 'js', 'mts', 'mjs', 'tsx'].map((ending) => joined(root, `${name}.${ending}`)),
  );
  const path = paths.find((candidate) => repository.file(candidate));
  const module = path === undefined ? undefined : repository.module(path);
  if (!module) return undefined;
  const matchers = matchersOf(repository, module);
  const lists = listsOf(repository, module);
  return {
    module,
    where: { path: module.path, line: 1 },
    refusesAt: refusalOf(repository, module),
    covers: (url) =>
      (matchers.length === 0 || matchers.some((matcher) => matches(matcher, url))) &&
      lists.every(({ patterns, open }) => patterns.some((pattern) => matches(pattern, url)) !== open),
  };
}

function refusalOf(repository: Repository, module: Module): Place | undefined {
  const { names } = exportsOf(module);
  for (const name of ['middleware', 'proxy', 'default']) {
    const exported = names.get(name);
    if (!exported) continue;
    const definition = exportedBy(repository, module, name);
    if (definition?.kind === 'package')
      return /next-auth|@auth\//.test(definition.name) ? { path: module.path, line: 1 } : undefined;
    const made =
      definition?.kind === 'code' ? definition : exported.kind === 'here' ? { module, node: exported.node } : undefined;
    if (!made) continue;
    const { guard } = judgeHandler(repository, made.module, unwrapped(made.node));
    if (guard.state === 'refused') return guard.by;
    const inside = isFunction(made.node)
      ? undefined
      : nodesOf(made.node, 'ArrowFunctionExpression', 'FunctionExpression')[0];
    const inner = inside && judgeHandler(repository, made.module, inside).guard;
    if (inner?.state === 'refused') return inner.by;
    if (/\b(?:withAuth|authorized|protect)\b/.test(module.text)) return placeOf(made.module, made.node);
  }
  return undefined;
}

/** The patterns of `export const config = { matcher }`. */
function matchersOf(repository: Repository, module: Module): string[] {
  for (const property of nodesOf(module.tree, 'ObjectProperty')) {
    if (keyNameOf(property) !== 'matcher') continue;
    const value = unwrapped(property.value);
    const items = value.type === 'ArrayExpression' ? value.elements : [value];
    return items.flatMap((item) => (item ? (textValueOf(repository, module, item) ?? []) : []));
  }
  return [];
}

/** The lists of `createRouteMatcher([...])`: paths that are open, or the only ones that are kept. */
function listsOf(repository: Repository, module: Module): { patterns: string[]; open: boolean }[] {
  return nodesOf(module.tree, 'VariableDeclarator').flatMap(({ id, init }) => {
    if (id.type !== 'Identifier' || init?.type !== 'CallExpression' || calleeNameOf(init) !== 'createRouteMatcher')
      return [];
    const [list] = init.arguments;
    if (list?.type !== 'ArrayExpression') return [];
    const patterns = list.elements.flatMap((item) => (item ? (textValueOf(repository, module, item) ?? []) : []));
    return [{ patterns, open: new RegExp(`!\\s*${id.name}\\(`).test(module.text) }];
  });
}

/** Whether a matcher such as `/api/:path*` or `/((?!api|_next).*)` fits a URL. One that cannot be read fits. */
function matches(matcher: string, url: string): boolean {
  const pattern = matcher
    .replaceAll(/\/:[\w]+\*/g, '(?:/.*)?')
    .replaceAll(/\/:[\w]+\+/g, '/.+')
    .replaceAll(/:[\w]+/g, '[^/]+');
  try {
    return new RegExp(`^${pattern}/?$`).test(url);
  } catch {
    return true;
  }
}
