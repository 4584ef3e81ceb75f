import type { Node, ObjectExpression, ObjectProperty } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { dottedNamesOf, keyNameOf, unwrapped } from '../../code/calls.ts';
import type { Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { addressOf, type Address } from './address.ts';
import { keySourceOf, type KeySource } from './key-source.ts';
import { keyHeader } from './providers.ts';
import { keysInQuery, type KeyInQuery } from './query-key.ts';

/** A header that holds a key, in the object that it stands in. */
export interface KeyInHeader {
  readonly module: Module;
  readonly object: ObjectExpression;
  readonly property: ObjectProperty;
  readonly source: KeySource;
}

/** A call of a paid service from a page, with a key of the project or with none. */
export interface PaidCall {
  readonly module: Module;
  readonly node: Node;
  readonly address: Address;
  readonly headers: readonly KeyInHeader[];
  readonly queries: readonly KeyInQuery[];
  /** True where what is asked for comes behind the address, in other calls. */
  readonly isBase: boolean;
  /** Why it is left as it is; undefined where it can be moved. */
  readonly why: string | undefined;
}

/** `fetch(address, { headers })`, `axios.post(address, body, { headers })`, `axios.create({ baseURL, headers })`. */
export function paidCallsIn(repository: Repository, module: Module): readonly PaidCall[] {
  return nodesOf(module.tree, 'CallExpression').flatMap((node): PaidCall[] => {
    const shape = shapeOf(repository, module, node.arguments, dottedNamesOf(node.callee) ?? []);
    const address = shape && addressOf(repository, module, shape.address);
    if (!address) return [];
    const headers = shape.options.flatMap((options) => keysInHeaders(repository, options));
    const queries = address.pieces.flatMap((piece) => keysInQuery(repository, piece));
    const why = shape.method === 'POST' ? undefined : 'it does more than send a question (POST)';
    const isBase = shape.isBase ?? false;
    return [{ module, node, address, headers, queries, isBase, why }];
  });
}

interface Shape {
  readonly address: Node;
  readonly options: readonly Code[];
  readonly method: string;
  readonly isBase?: boolean;
}

function shapeOf(
  repository: Repository,
  module: Module,
  given: readonly Node[],
  names: readonly string[],
): Shape | undefined {
  const [first, second, third] = given;
  const name = names.at(-1) ?? '';
  const own =
    names.length === 1 ||
    /^(?:window|globalThis|self|axios|ky|api|http|client|instance|\$|jQuery)$/.test(names[0] ?? '');
  const objectAt = (node: Node | undefined): Code[] => (node ? objectsFor(repository, module, node) : []);
  if (!first || !own) return undefined;
  if (name === 'fetch' || name === '$fetch' || name === 'ofetch')
    return { address: first, options: objectAt(second), method: methodIn(objectAt(second)) ?? 'GET' };
  if (/^(?:post|put|patch)$/.test(name))
    return { address: first, options: [...objectAt(second), ...objectAt(third)], method: name.toUpperCase() };
  if (/^(?:get|delete)$/.test(name)) return { address: first, options: objectAt(second), method: name.toUpperCase() };
  if (!/^(?:axios|request|create|ajax)$/.test(name)) return undefined;
  const options = objectAt(first);
  const address = valueOf(options, name === 'create' ? 'baseURL' : 'url');
  const method = methodIn(options) ?? (name === 'create' ? 'POST' : 'GET');
  return address?.module === module ? { address: address.node, options, method, isBase: name === 'create' } : undefined;
}

/** An object that is written here, or has a name. */
function objectsFor(repository: Repository, module: Module, node: Node): Code[] {
  const plain = unwrapped(node);
  if (plain.type === 'ObjectExpression') return [{ module, node: plain }];
  if (plain.type === 'NewExpression' && plain.arguments[0]) return objectsFor(repository, module, plain.arguments[0]);
  const found = plain.type === 'Identifier' ? definitionOf(repository, module, plain) : undefined;
  return found?.kind === 'code' && found.node.type === 'ObjectExpression' ? [found] : [];
}

function propertyOf({ node }: Code, name: string): ObjectProperty | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  return node.properties.find(
    (each): each is ObjectProperty => each.type === 'ObjectProperty' && keyNameOf(each) === name,
  );
}

function valueOf(options: readonly Code[], name: string): Code | undefined {
  for (const each of options) {
    const property = propertyOf(each, name);
    if (property) return { module: each.module, node: property.value };
  }
  return undefined;
}

function methodIn(options: readonly Code[]): string | undefined {
  const value = (valueOf(options, 'method') ?? valueOf(options, 'type'))?.node;
  return value?.type === 'StringLiteral' ? value.value.toUpperCase() : undefined;
}

function keysInHeaders(repository: Repository, options: Code): KeyInHeader[] {
  const headers = propertyOf(options, 'headers');
  if (!headers) return [];
  return objectsFor(repository, options.module, headers.value).flatMap(({ module, node }) =>
    (node as ObjectExpression).properties.flatMap((property): KeyInHeader[] => {
      if (property.type !== 'ObjectProperty' || !keyHeader.test(keyNameOf(property) ?? '')) return [];
      const source = keySourceOf(repository, module, property.value);
      return source ? [{ module, object: node as ObjectExpression, property, source }] : [];
    }),
  );
}
