import type { Node } from '@babel/types';
import { dottedNamesOf, isCall, isFunction, memberNameOf } from '../../code/calls.ts';
import type { Module } from '../../code/module.ts';
import { walk } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';

/** One test, as it is written. */
export interface Case {
  readonly module: Module;
  readonly node: Node;
  /** What it is called, with what is around it: `orders > a price is refused`. */
  readonly title: string;
  readonly assertions: number;
  /** Of those, how many say so little that nearly anything fits: toBeTruthy, toBeDefined. */
  readonly weak: number;
  /** `skip`, `only`, `todo`: it, or others because of it, do not run. */
  readonly held: string | undefined;
}

const starters = /^(?:it|test|specify|xit|xtest|fit)$/;
const groups = /^(?:describe|suite|context|xdescribe|fdescribe)$/;
const weakMatchers = /^(?:toBeTruthy|toBeDefined|toBeFalsy|ok|exist|exists|toBeOneOf|toExist)$/;

/** The tests in some files of a repository. */
export function casesIn(repository: Repository, paths: Iterable<string>): Case[] {
  return [...paths].flatMap((path) => {
    const module = repository.module(path);
    return module ? casesOf(module) : [];
  });
}

function casesOf(module: Module): Case[] {
  const cases: Case[] = [];
  walk(module.tree, (node, around) => {
    if (!isCall(node)) return;
    const [starter = '', ...modifiers] = dottedNamesOf(isCall(node.callee) ? node.callee.callee : node.callee) ?? [];
    const isGroup = groups.test(starter);
    const title = titleOf(node);
    if (title === undefined || (!isGroup && !starters.test(starter))) return;
    const held = around.some(({ type }) => type === 'IfStatement') ? undefined : heldBy(starter, modifiers);
    const path = [
      ...around.flatMap((outer) => (isCall(outer) && isGroupCall(outer) ? [titleOf(outer) ?? ''] : [])),
      title,
    ].join(' > ');
    if (isGroup && held === undefined) return;
    cases.push({
      module,
      node,
      title: isGroup ? `${path} (group)` : path,
      held,
      ...(isGroup ? { assertions: 0, weak: 0 } : assertionsIn(node)),
    });
  });
  return cases;
}

function isGroupCall(node: Node): boolean {
  return isCall(node) && groups.test(dottedNamesOf(node.callee)?.[0] ?? '');
}

function heldBy(starter: string, modifiers: readonly string[]): string | undefined {
  if (starter.startsWith('x')) return 'skip';
  if (starter.startsWith('f')) return 'only';
  return modifiers.find((modifier) => /^(?:skip|only|todo|failing|fails)$/.test(modifier));
}

function titleOf(node: Node): string | undefined {
  const [first, ...rest] = isCall(node) ? node.arguments : [];
  if (first?.type === 'TemplateLiteral') return first.quasis.map(({ value }) => value.raw).join('…');
  if (first?.type === 'StringLiteral') return first.value;
  return rest.some(isFunction) ? '' : undefined;
}

function assertionsIn(node: Node): { readonly assertions: number; readonly weak: number } {
  let assertions = 0;
  let weak = 0;
  walk(node, (inner) => {
    if (!isCall(inner)) return;
    const names = dottedNamesOf(inner.callee);
    const name = inner.callee.type === 'Identifier' ? inner.callee.name : (memberNameOf(inner.callee) ?? '');
    if (/^(?:expect|assert|should)\w*$/.test(name) || names?.[0] === 'assert' || names?.[0] === 't') assertions++;
    if (weakMatchers.test(name)) weak++;
  });
  return { assertions, weak };
}
