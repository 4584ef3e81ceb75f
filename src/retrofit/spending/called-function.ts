import type { Node } from '@babel/types';
import { definitionOf, functionOf } from '../../code/bindings.ts';
import { memberNameOf, objectOf } from '../../code/calls.ts';
import type { Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';

/** The function that a call means, also where it is a method: `painter.paint()` after `new Painter()`, `this.paint()`. */
export function calledFunction(repository: Repository, module: Module, callee: Node): Code | undefined {
  const plain = functionOf(repository, module, callee);
  if (plain) return plain;
  const name = memberNameOf(callee);
  const object = objectOf(callee);
  if (name === undefined || !object) return undefined;
  if (object.type === 'ThisExpression') return methodIn(module, module.tree, name);
  const made = definitionOf(repository, module, object);
  if (made?.kind !== 'code' || made.node.type !== 'NewExpression') return undefined;
  const own = definitionOf(repository, made.module, made.node.callee);
  return own?.kind === 'code' ? methodIn(own.module, own.node, name) : undefined;
}

function methodIn(module: Module, root: Node, name: string): Code | undefined {
  const named = ({ key }: { readonly key: Node }): boolean => key.type === 'Identifier' && key.name === name;
  const node =
    nodesOf(root, 'ClassMethod').find(named) ?? nodesOf(root, 'ClassProperty').find(named)?.value ?? undefined;
  return node && { module, node };
}
