import type { Decorator, Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { calleeNameOf, isCall, isFunction, unwrapped, type Call } from '../../code/calls.ts';
import { textValueOf } from '../../code/literals.ts';
import type { Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';

/** One decorator: its name, and what it is called with, in the file where that is written. */
export interface Decorated {
  readonly name: string;
  readonly args: readonly Node[];
  readonly module: Module;
  readonly node: Node;
}

/** The decorators of a class, method or parameter; those that combine others (`applyDecorators`) are taken apart. */
export function decoratorsOf(repository: Repository, module: Module, node: Node): readonly Decorated[] {
  const decorators = 'decorators' in node ? ((node.decorators ?? []) as readonly Decorator[]) : [];
  return decorators.flatMap(({ expression }) => {
    const one = decoratedBy(module, expression);
    return one ? [one, ...combinedBy(repository, one)] : [];
  });
}

function decoratedBy(module: Module, expression: Node): Decorated | undefined {
  const plain = unwrapped(expression);
  const name = isCall(plain) ? calleeNameOf(plain) : plain.type === 'Identifier' ? plain.name : undefined;
  return name === undefined ? undefined : { name, module, node: plain, args: isCall(plain) ? plain.arguments : [] };
}

/** What a decorator of the repository puts on by itself: `UseGuards(...)` and `SetMetadata(...)` inside it. */
function combinedBy(repository: Repository, { node, module }: Decorated): Decorated[] {
  const definition = definitionOf(repository, module, isCall(node) ? node.callee : node);
  if (definition?.kind !== 'code') return [];
  const made = definition.node;
  const calls: readonly Call[] = isFunction(made) || isCall(made) ? nodesOf(made, 'CallExpression') : [];
  return calls.flatMap((call) => {
    const name = calleeNameOf(call);
    return name === 'UseGuards' || name === 'SetMetadata'
      ? [{ name, args: call.arguments, module: definition.module, node: call }]
      : [];
  });
}

/** The metadata keys that decorators set: by `SetMetadata(KEY, true)`, or by a decorator of `Reflector.createDecorator`. */
export function metadataOf(repository: Repository, decorators: readonly Decorated[]): ReadonlySet<string> {
  return new Set(
    decorators.flatMap(({ name, args, module, node }) => {
      const [key, value] = args;
      if (name !== 'SetMetadata') return [keyOf(repository, module, isCall(node) ? node.callee : node)];
      return key && value?.type !== 'BooleanLiteral'
        ? [keyOf(repository, module, key)]
        : key && value?.type === 'BooleanLiteral' && value.value
          ? [keyOf(repository, module, key)]
          : [];
    }),
  );
}

/** What a metadata key is known by: its text, else the name of what it refers to. */
export function keyOf(repository: Repository, module: Module, node: Node): string {
  const text = textValueOf(repository, module, node);
  if (text !== undefined) return text;
  const plain = unwrapped(node);
  return plain.type === 'Identifier' ? `@${plain.name}` : '@';
}
