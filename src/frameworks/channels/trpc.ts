import type { Node } from '@babel/types';
import { definitionOf, functionOf } from '../../code/bindings.ts';
import { isCall, isFunction, keyNameOf, memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import type { GuardedChannel } from '../channels.ts';
import { lookInto } from '../refusal/refusal.ts';
import type { Guard } from '../server.ts';

/** The procedures of tRPC in one module: `publicProcedure.input(...).mutation(...)`. */
export function proceduresIn(repository: Repository, module: Module): GuardedChannel[] {
  if (!/[pP]rocedure/.test(module.text)) return [];
  return nodesOf(module.tree, 'CallExpression').flatMap((call): GuardedChannel[] => {
    const method = memberNameOf(call.callee);
    const [handler] = call.arguments;
    if (!handler || (method !== 'query' && method !== 'mutation' && method !== 'subscription')) return [];
    if (!/procedure/i.test(textOf(module, call.callee).split('(')[0] ?? '')) return [];
    const base = objectOf(call.callee);
    const guard = base ? guardOfChain(repository, module, base) : undefined;
    const code = functionOf(repository, module, handler) ?? { module, node: handler };
    const looks = /UNAUTHORIZED|FORBIDDEN|\b40[13]\b/.test(textOf(code.module, code.node));
    const inside = looks && isFunction(code.node) ? lookInto(repository, code.module, code.node).refusal : undefined;
    const own: Guard | undefined = inside && { state: 'refused', by: inside.by, how: inside.how };
    const name = `the tRPC ${method} ${nameOf(module, call)}`.trim();
    return [
      {
        kind: 'trpc',
        where: placeOf(module, call),
        code,
        name,
        guard: guard ?? own ?? { state: 'open', why: 'its procedure asks nobody' },
      },
    ];
  });
}

/** The guard in a chain: every `.use(...)` up to where the procedure is made. */
function guardOfChain(repository: Repository, module: Module, node: Node, steps = 10): Guard | undefined {
  const plain = unwrapped(node);
  if (steps <= 0) return undefined;
  if (isCall(plain)) {
    const [middleware] = plain.arguments;
    if (memberNameOf(plain.callee) === 'use' && middleware) {
      const guard = guardOfMiddleware(repository, module, middleware, steps - 1);
      if (guard) return guard;
    }
    const object = objectOf(plain.callee);
    return object && guardOfChain(repository, module, object, steps - 1);
  }
  if (plain.type !== 'Identifier' && plain.type !== 'MemberExpression') return undefined;
  const definition = definitionOf(repository, module, plain);
  return definition?.kind === 'code' && definition.node !== plain
    ? guardOfChain(repository, definition.module, definition.node, steps - 1)
    : undefined;
}

function guardOfMiddleware(repository: Repository, module: Module, node: Node, steps: number): Guard | undefined {
  const definition = isFunction(node)
    ? ({ kind: 'code', module, node } as const)
    : definitionOf(repository, module, node);
  if (definition?.kind !== 'code' || steps <= 0)
    return { state: 'unknown', why: 'what its procedure uses could not be followed' };
  if (isFunction(definition.node)) {
    const refused = nodesOf(definition.node, 'ThrowStatement').find((thrown) =>
      /UNAUTHORIZED|FORBIDDEN/i.test(textOf(definition.module, thrown)),
    );
    return (
      refused && {
        state: 'refused',
        by: placeOf(definition.module, refused),
        how: textOf(definition.module, refused).split('\n')[0] ?? '',
      }
    );
  }
  const [inner] = isCall(definition.node) ? definition.node.arguments : [];
  return inner ? guardOfMiddleware(repository, definition.module, inner, steps - 1) : undefined;
}

function nameOf(module: Module, call: Node): string {
  const around = parentsOf(module).get(call);
  return around?.type === 'ObjectProperty' ? (keyNameOf(around) ?? '') : '';
}
