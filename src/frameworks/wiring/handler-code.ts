import type { Identifier } from '@babel/types';
import { isCall, unwrapped } from '../../code/calls.ts';
import { declarationOf } from '../../code/scopes.ts';
import { lookUp } from '../../code/run/scope.ts';
import { optionsOf, type FunctionValue, type Value } from '../../code/run/values.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code } from '../server.ts';
import { handlerIn } from '../stranger/handlers.ts';

/** How many wrappers may be around each other. */
const deepest = 4;

/** The code of a handler, where it is code of the repository: wrappers first, what they were given last. */
export function codeOf(handler: Value, depth = 0): Code[] {
  if (depth > deepest) return [];
  return optionsOf(handler).flatMap((option) => {
    const plain = handlerIn(option);
    if (plain.kind !== 'function') return [];
    const own = { module: plain.module, node: plain.node };
    return [own, ...wrappedBy(plain).flatMap((inner) => codeOf(inner, depth + 1))];
  });
}

/** What a wrapper was given and hands its request to: `(handler) => (req, res, next) => handler(req, res).catch(next)`. */
function wrappedBy({ module, node, scope }: FunctionValue): Value[] {
  const request = node.params[0];
  const [first] = request?.type === 'RestElement' ? [request.argument] : [request];
  if (first?.type !== 'Identifier') return [];
  const names = new Set<string>();
  for (const call of nodesOf(node.body, 'CallExpression', 'OptionalCallExpression')) {
    const callee = unwrapped(call.callee);
    const base = callee.type === 'MemberExpression' ? unwrapped(callee.object) : callee;
    if (base.type !== 'Identifier' || !isCall(call) || !handsOn(call.arguments, first)) continue;
    const declared = declarationOf(module, base, base);
    if (declared?.kind === 'parameter' && declared.from !== node) names.add(base.name);
  }
  return [...names].flatMap((name) => lookUp(scope, name) ?? []);
}

function handsOn(given: readonly { readonly type: string }[], { name }: Identifier): boolean {
  return given.some((argument) => {
    const plain = argument.type === 'SpreadElement' ? (argument as { argument?: unknown }).argument : argument;
    const named = plain as { type?: string; name?: string } | undefined;
    return named?.type === 'Identifier' && named.name === name;
  });
}
