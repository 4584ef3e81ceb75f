import type { Node } from '@babel/types';
import { functionOf } from '../code/bindings.ts';
import { isCall, isFunction } from '../code/calls.ts';
import { textOf, type Module } from '../code/module.ts';
import { walk } from '../code/walk.ts';
import type { Repository } from '../repository/repository.ts';
import type { Code } from './server.ts';

/** Whether everything that a handler sends is written in it. */
export function saysConstants({ node }: Code): boolean {
  if (!isFunction(node)) return false;
  let constant = true;
  walk(node.body, (inner) => {
    const isPlainCall =
      isCall(inner) &&
      !/^(?:send|json|end|status|type|text|html|code|log|info|debug|set|header|writeHead|setHeader|toISOString|now|uptime|Date|stringify)$/.test(
        calledName(inner.callee),
      );
    if (isPlainCall || inner.type === 'AwaitExpression') constant = false;
  });
  return constant && !usesOuterValues(node);
}

function calledName(callee: Node): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
}

/** Whether a handler shows variables: only its own parameters, `Date` and `process.uptime` may be named. */
function usesOuterValues(node: Extract<Code['node'], { params: unknown }>): boolean {
  const own = new Set<string>(['Date', 'process', 'JSON', 'console', 'undefined']);
  walk(node, (inner) => {
    if (isFunction(inner))
      for (const parameter of inner.params) if (parameter.type === 'Identifier') own.add(parameter.name);
  });
  let uses = false;
  walk(node, (inner, around) => {
    if (inner.type !== 'Identifier' || own.has(inner.name)) return;
    const parent = around.at(-1);
    const isName =
      (parent?.type === 'MemberExpression' && parent.property === inner && !parent.computed) ||
      (parent?.type === 'ObjectProperty' && parent.key === inner && !parent.shorthand) ||
      (parent && isFunction(parent) && 'id' in parent && parent.id === inner);
    if (!isName) uses = true;
  });
  return uses;
}

/** What handlers say, and the functions that they call, three deep. */
export function textOfHandlers(repository: Repository, handlers: readonly Code[]): string {
  const seen = new Set<Node>();
  const texts: string[] = [];
  const add = (module: Module, node: Node, depth: number): void => {
    if (seen.has(node) || seen.size > 30) return;
    seen.add(node);
    texts.push(textOf(module, node));
    if (depth === 0) return;
    walk(node, (inner) => {
      if (!isCall(inner)) return;
      const called = functionOf(repository, module, inner.callee);
      if (called) add(called.module, called.node, depth - 1);
    });
  };
  for (const { module, node } of handlers) add(module, node, 2);
  return texts.join('\n').replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
}
