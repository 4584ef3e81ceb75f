import type { Node } from '@babel/types';
import { definitionOf, type Definition } from '../../code/bindings.ts';
import { calleeNameOf, isCall, isFunction, unwrapped, type Call, type FunctionNode } from '../../code/calls.ts';
import { nodesOf } from '../../code/walk.ts';
import { linesOf, type Module } from '../../code/module.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Code, Guard } from '../server.ts';
import { lookInto } from './refusal.ts';

/** A handler that was found, and what it does with strangers. */
export interface Judged {
  readonly guard: Guard;
  readonly code: Code | undefined;
}

/** Wrappers of libraries that let nobody in who is not signed in. */
const refusingWrappers =
  /^(?:withApiAuthRequired|withIronSessionApiRoute|withAuthenticationRequired|requireAuth|withApiAuth|withWorkOSAuth)$/;

/** What the code that answers a request does with strangers. `node` is the handler, or a call that makes it. */
export function judgeHandler(repository: Repository, module: Module, node: Node, steps = 5): Judged {
  const definition = isFunction(node)
    ? ({ kind: 'code', module, node } as const)
    : definitionOf(repository, module, node);
  if (definition?.kind === 'code' && isFunction(definition.node))
    return { guard: guardOf(repository, definition.module, definition.node), code: definition };
  if (definition?.kind === 'code' && isCall(unwrapped(definition.node)) && steps > 0)
    return ofWrapper(repository, definition.module, unwrapped(definition.node) as Call, steps - 1);
  return { guard: { state: 'unknown', why: `it is answered by ${nameOf(definition)}` }, code: { module, node } };
}

/** What one function does with strangers. */
export function guardOf(repository: Repository, module: Module, node: FunctionNode): Guard {
  const { refusal, reads } = lookInto(repository, module, node);
  if (refusal?.said) return { state: 'refused', by: refusal.by, how: refusal.how };
  const library = answeredBy(repository, module, node);
  if (library !== undefined) return { state: 'unknown', why: `it is answered by ${library}, which asks for each call` };
  if (refusal || reads) return { state: 'open', why: 'it looks who is calling and sends nobody away' };
  return { state: 'open', why: 'nothing on the way asks who is calling' };
}

/** A library that has doors of its own behind one route: tRPC, GraphQL. */
function answeredBy(repository: Repository, module: Module, node: FunctionNode): string | undefined {
  if (!/fetchRequestHandler|createNextApiHandler|HandlerFetch|executeHTTPGraphQLRequest|yoga/.test(module.text))
    return undefined;
  for (const call of nodesOf(node.body, 'CallExpression')) {
    const definition = definitionOf(repository, module, call.callee);
    const name = definition?.kind === 'package' ? definition.name : '';
    if (/^(?:@trpc\/server|graphql-yoga|@apollo\/server|@as-integrations\/next)$/.test(name)) return name;
  }
  return undefined;
}

/** `withAuth(handler)`: the wrapper may refuse before it calls the handler, or the handler itself. */
function ofWrapper(repository: Repository, module: Module, call: Call, steps: number): Judged {
  const handler = call.arguments.findLast((argument) => isHandler(repository, module, argument));
  const inner = handler && judgeHandler(repository, module, handler, steps);
  if (inner?.guard.state === 'refused') return inner;
  const definition = definitionOf(repository, module, call.callee);
  const code = inner?.code ?? { module, node: call };
  if (definition?.kind === 'code' && isFunction(definition.node)) {
    const refusal = refusalOfWrapper(repository, definition.module, definition.node);
    return {
      code,
      guard: refusal ??
        inner?.guard ?? { state: 'unknown', why: `it is answered by ${calleeNameOf(call) ?? 'a call'}` },
    };
  }
  const name = definition?.kind === 'package' ? (definition.path.at(-1) ?? '') : (calleeNameOf(call) ?? '');
  if (refusingWrappers.test(name) && definition?.kind === 'package')
    return {
      code,
      guard: { state: 'refused', by: { path: module.path, line: linesOf(module, call).first }, how: name },
    };
  if (inner && /^(?:auth|cors|cache|asyncHandler|catchAsync|wrap|after)$/i.test(name)) return inner;
  return { code, guard: { state: 'unknown', why: `it is wrapped by ${nameOf(definition)}` } };
}

function isHandler(repository: Repository, module: Module, node: Node): boolean {
  if (isFunction(node)) return true;
  const definition = node.type === 'Identifier' || isCall(node) ? definitionOf(repository, module, node) : undefined;
  return definition?.kind === 'code' && (isFunction(definition.node) || isCall(unwrapped(definition.node)));
}

/** The guard in what a wrapper gives back. */
function refusalOfWrapper(repository: Repository, module: Module, wrapper: FunctionNode): Guard | undefined {
  for (const inner of nodesOf(wrapper.body, 'ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration')) {
    const { refusal } = lookInto(repository, module, inner);
    if (refusal?.said) return { state: 'refused', by: refusal.by, how: refusal.how };
  }
  return undefined;
}

function nameOf(definition: Definition | undefined): string {
  if (definition?.kind === 'package') return `${[...definition.path].join('.') || 'code'} of ${definition.name}`;
  return 'code that could not be followed';
}
