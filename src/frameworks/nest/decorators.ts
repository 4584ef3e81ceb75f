import type { Decorator, Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { calleeNameOf, isCall, isFunction, unwrapped, type Call } from '../../code/calls.ts';
import { textValueOf } from '../../code/literals.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';

/** One decorator: its name, and what it is called with, in the file where that is written. */
export interface Decorated {
  readonly name: string;
  readonly args: readonly Node[];
  readonly module: Module;
  readonly node: Node;
  /** What the decorator that brings it is called with: `Auth(AuthType.None)`. */
  readonly within?: string;
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
function combinedBy(repository: Repository, { node, module, args }: Decorated): Decorated[] {
  const definition = definitionOf(repository, module, isCall(node) ? node.callee : node);
  if (definition?.kind !== 'code') return [];
  const made = definition.node;
  const calls: readonly Call[] = isFunction(made) || isCall(made) ? nodesOf(made, 'CallExpression') : [];
  const within = args.map((argument) => textOf(module, argument)).join(' ');
  return calls.flatMap((call) => {
    const name = calleeNameOf(call);
    return name === 'UseGuards' || name === 'SetMetadata'
      ? [{ name, args: call.arguments, module: definition.module, node: call, within }]
      : [];
  });
}

/** Metadata by its key, with the text of its value: of `SetMetadata(KEY, true)`, or of a decorator of `Reflector.createDecorator`. */
export type Metadata = ReadonlyMap<string, string>;

/** The metadata that decorators set. */
export function metadataOf(repository: Repository, decorators: readonly Decorated[]): Metadata {
  const metadata = new Map<string, string>();
  for (const { name, args, module, node, within } of decorators) {
    const [key, value] = args;
    if (name !== 'SetMetadata') {
      metadata.set(
        keyOf(repository, module, isCall(node) ? node.callee : node),
        args.map((argument) => textOf(module, argument)).join(' '),
      );
    } else if (key && !(value?.type === 'BooleanLiteral' && !value.value)) {
      metadata.set(keyOf(repository, module, key), [value ? textOf(module, value) : '', within ?? ''].join(' '));
    }
  }
  return metadata;
}

/** What a metadata key is known by: its text, else the name of what it refers to. */
export function keyOf(repository: Repository, module: Module, node: Node): string {
  const text = textValueOf(repository, module, node);
  if (text !== undefined) return text;
  const plain = unwrapped(node);
  return plain.type === 'Identifier' ? `@${plain.name}` : '@';
}
