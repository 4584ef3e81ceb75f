import type { Node } from '@babel/types';
import { isCall, memberNameOf, unwrapped } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { declarationOf } from '../../code/scopes.ts';
import { walk } from '../../code/walk.ts';
import type { Route } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { testFilesOf } from '../../repository/test-files.ts';

/** How the tests of a repository look after who is refused. */
export interface RouteTests {
  /** The test file that goes through all routes, whichever there are. */
  readonly walking: string | undefined;
  /** Routes that some test asks for and expects to be refused. */
  readonly asked: readonly Route[];
}

const refusal = /\b40[13]\b|UNAUTHORIZED|FORBIDDEN|Unauthorized|Forbidden|\bis(?:Refused|Unauthori[sz]ed|Forbidden)\(/;
const routeList = /routes?\b|endpoints?\b|access\b|matrix\b|paths?\b|guarded|protected|private/i;

/** Finds tests that ask for routes as strangers. */
export function routeTestsOf(repository: Repository, routes: readonly Route[]): RouteTests {
  const asked = new Set<Route>();
  for (const { path } of testFilesOf(repository)) {
    const module = refusal.test(repository.read(path) ?? '') ? repository.module(path) : undefined;
    if (!module) continue;
    if (walksRoutes(module)) return { walking: path, asked: routes };
    for (const text of refusingTests(module)) for (const route of routes) if (asksFor(text, route)) asked.add(route);
  }
  return { walking: undefined, asked: [...asked] };
}

/** A loop over a list of routes that the test does not write down itself. */
function walksRoutes(module: Module): boolean {
  let walks = false;
  walk(module.tree, (node) => {
    const list = listWalked(node);
    if (!list || !routeList.test(textOf(module, list))) return walks ? 'skip' : undefined;
    if (!isWritten(module, list) && refusal.test(textOf(module, node))) walks = true;
    return walks ? 'skip' : undefined;
  });
  return walks;
}

/** What a loop goes through: `for (const x of list)`, `list.forEach(...)`, `test.each(list)(...)`. */
function listWalked(node: Node): Node | undefined {
  if (node.type === 'ForOfStatement') return node.right;
  if (!isCall(node)) return undefined;
  const callee = unwrapped(node.callee);
  if (isCall(callee) && memberNameOf(callee.callee) === 'each') return callee.arguments[0];
  if (/^(?:forEach|map)$/.test(memberNameOf(callee) ?? '') && callee.type === 'MemberExpression') return callee.object;
  return undefined;
}

/** Whether a list stands in the test file as text: then a new route is not in it. */
function isWritten(module: Module, list: Node, steps = 5): boolean {
  const plain = unwrapped(list);
  if (plain.type === 'ArrayExpression') return plain.elements.every((element) => element?.type !== 'SpreadElement');
  if (plain.type !== 'Identifier' || steps === 0) return false;
  const declared = declarationOf(module, plain, plain);
  return declared?.kind === 'variable' && declared.from !== undefined && isWritten(module, declared.from, steps - 1);
}

/** The texts of tests that expect a refusal; where tests loop over a written list, the whole file. */
function refusingTests(module: Module): string[] {
  const texts: string[] = [];
  walk(module.tree, (node) => {
    const list = listWalked(node);
    if (list && isWritten(module, list) && refusal.test(textOf(module, node))) texts.push(module.text);
    if (!isCall(node)) return undefined;
    const callee = unwrapped(node.callee);
    const isTest = callee.type === 'Identifier' && /^(?:test|it|specify)$/.test(callee.name);
    if (isTest && refusal.test(textOf(module, node))) texts.push(textOf(module, node));
    return isTest ? 'skip' : undefined;
  });
  return texts;
}

function asksFor(text: string, { method, path }: Route): boolean {
  const pattern = path
    .split('/')
    .map((part) => (/^[:*{]/.test(part) ? '[^/\'"`\\s]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('/');
  if (path.length > 300) return false;
  const asks = new RegExp(`['"\`\\s]${pattern}/?(?:[?'"\`\\s]|$)`).test(text);
  return asks && (method === 'ALL' || new RegExp(`\\b${method}\\b`, 'i').test(text));
}
