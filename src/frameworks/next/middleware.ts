import type { Node, Statement } from '@babel/types';
import { definitionOf, exportedBy } from '../../code/bindings.ts';
import { calleeNameOf, isCall, isFunction, unwrapped, type FunctionNode } from '../../code/calls.ts';
import { exportsOf } from '../../code/exports.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { App } from '../../repository/apps.ts';
import { joined } from '../../repository/entries.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { alwaysLeaves, statementsOf } from '../refusal/exits.ts';
import { refusalAmong } from '../refusal/refusal.ts';
import { listsOf, matchersOf, matches } from './matchers.ts';

/** The code that Next.js runs before routes: middleware.ts, since version 16 proxy.ts. */
export interface Gate {
  readonly module: Module;
  readonly where: Place;
  /** Where it sends strangers away from a path; undefined where it does not. */
  refusalFor(path: string): Place | undefined;
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
  const covers = (url: string): boolean =>
    (matchers.length === 0 || matchers.some((matcher) => matches(matcher, url))) &&
    lists.every(({ patterns, open }) => patterns.some((pattern) => matches(pattern, url)) !== open);
  const refusalIn = refusalOf(repository, module);
  return {
    module,
    where: { path: module.path, line: 1 },
    refusalFor: (url) => (covers(url) ? refusalIn(url) : undefined),
  };
}

type RefusalFor = (url: string) => Place | undefined;

const never: RefusalFor = () => undefined;

function refusalOf(repository: Repository, module: Module): RefusalFor {
  const { names } = exportsOf(module);
  const name = ['middleware', 'proxy', 'default'].find((candidate) => names.has(candidate));
  const exported = name === undefined ? undefined : names.get(name);
  if (name === undefined || !exported) return never;
  const definition = exportedBy(repository, module, name);
  if (definition?.kind === 'package')
    return /^(?:next-auth|@auth\/)/.test(definition.name) ? () => ({ path: module.path, line: 1 }) : never;
  const made =
    definition?.kind === 'code' ? definition : exported.kind === 'here' ? { module, node: exported.node } : undefined;
  if (!made) return never;
  const node = unwrapped(made.node);
  if (isFunction(node)) return inFunction(repository, made.module, node);
  return isCall(node) ? inWrapped(repository, made.module, node) : never;
}

/** `clerkMiddleware(async (auth, request) => ...)`, `auth((request) => ...)`, `withAuth({ callbacks: { authorized } })`. */
function inWrapped(
  repository: Repository,
  module: Module,
  call: Extract<Node, { type: 'CallExpression' | 'OptionalCallExpression' }>,
): RefusalFor {
  const inner = call.arguments.map(unwrapped).find(isFunction);
  const own = inner && inFunction(repository, module, inner);
  const text = textOf(module, call);
  const decides =
    /^withAuth$/.test(calleeNameOf(call) ?? '') &&
    !/authorized[^]*return\s+true\b|authorized:\s*\(\)\s*=>\s*true\b/.test(text);
  return (url) => own?.(url) ?? (decides ? placeOf(module, call) : undefined);
}

/** What a function does for one URL: conditions about the path are worked out, the rest is read. */
function inFunction(repository: Repository, module: Module, node: FunctionNode): RefusalFor {
  const statements: readonly Statement[] = node.body.type === 'BlockStatement' ? node.body.body : [];
  return (url) => {
    const passed: Statement[] = [];
    for (const statement of statements) {
      const holds = statement.type === 'IfStatement' ? holdsFor(repository, module, statement.test, url) : undefined;
      if (statement.type !== 'IfStatement' || holds === undefined) {
        passed.push(statement);
        continue;
      }
      const branch = statementsOf(holds ? statement.consequent : statement.alternate);
      passed.push(...branch);
      if (alwaysLeaves(branch)) break;
    }
    const refusal = refusalAmong(repository, module, passed);
    return refusal?.said ? refusal.by : undefined;
  };
}

/** Whether a condition about the path holds for a URL: `pathname.startsWith('/admin')`; undefined where something else decides. */
function holdsFor(repository: Repository, module: Module, test: Node, url: string, steps = 6): boolean | undefined {
  const plain = unwrapped(test);
  if (steps <= 0) return undefined;
  if (plain.type === 'LogicalExpression' && plain.operator !== '??') {
    const sides = [plain.left, plain.right].map((side) => holdsFor(repository, module, side, url, steps - 1));
    const decisive = plain.operator === '||';
    if (sides.includes(decisive)) return decisive;
    return sides.includes(undefined) ? undefined : !decisive;
  }
  if (plain.type === 'UnaryExpression' && plain.operator === '!') {
    const inner = holdsFor(repository, module, plain.argument, url, steps - 1);
    return inner === undefined ? undefined : !inner;
  }
  if (plain.type === 'Identifier') {
    const definition = definitionOf(repository, module, plain);
    return definition?.kind === 'code' && definition.node !== plain
      ? holdsFor(repository, definition.module, definition.node, url, steps - 1)
      : undefined;
  }
  return isAbout(repository, module, plain, url);
}

function isAbout(repository: Repository, module: Module, test: Node, url: string): boolean | undefined {
  const text = textOf(module, test);
  if (!/pathname|\bpath\b/i.test(text)) return undefined;
  const lists = nodesOf(test, 'Identifier').flatMap((node) => {
    const definition = definitionOf(repository, module, node);
    return definition?.kind === 'code' && definition.node.type === 'ArrayExpression' ? [definition] : [];
  });
  const paths = [{ module, node: test }, ...lists]
    .flatMap((code) => nodesOf(code.node, 'StringLiteral').map(({ value }) => value))
    .filter((path) => path.startsWith('/'));
  if (paths.length === 0) return undefined;
  const isPrefix = /startsWith|match|some\(/.test(text);
  const found = paths.some((path) => url === path || (isPrefix && url.startsWith(path)));
  return /!==?/.test(text) ? !found : found;
}
