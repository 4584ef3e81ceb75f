import type { Node } from '@babel/types';
import { dottedNamesOf, isCall, unwrapped } from '../../code/calls.ts';
import type { Module } from '../../code/module.ts';
import { declarationOf } from '../../code/scopes.ts';

/** The environment variable that an expression reads: `process.env.X`, `env.X`, a name that was given one; undefined for anything else. */
export function envNameOf(module: Module, node: Node, steps = 4): string | undefined {
  const plain = unwrapped(node);
  if (isCall(plain)) {
    const [first] = plain.arguments;
    const reads = /(?:^|\.)env\.get$/.test(dottedNamesOf(plain.callee)?.join('.') ?? '');
    return reads && first?.type === 'StringLiteral' ? first.value : undefined;
  }
  const path = pathOf(module, plain, steps);
  return path?.length === 2 && path[0] === 'env' ? path[1] : undefined;
}

/** The way into the process: `['env']` for all of its environment. */
function pathOf(module: Module, node: Node, steps: number): readonly string[] | undefined {
  const names = dottedNamesOf(node);
  if (!names || steps === 0) return undefined;
  const [root = '', ...rest] = names;
  if (/^(?:process|Bun)$/.test(root)) return rest;
  const declared = declarationOf(module, { name: root }, node);
  if (!declared?.from || declared.kind !== 'variable') return undefined;
  const before = pathOf(module, unwrapped(declared.from), steps - 1);
  return before && [...before, ...declared.path.map(String), ...rest];
}
