import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isCall, keyNameOf, type Call } from '../../code/calls.ts';
import { linesOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code, Route } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';

/** The call with which a route is registered: the innermost one that begins on its place and has arguments. */
export function registrationOf(
  repository: Repository,
  { where }: Route,
): { readonly module: Module; readonly call: Call } | undefined {
  const module = repository.module(where.path);
  if (!module || where.line === undefined) return undefined;
  const call = callsByLine(module).get(where.line);
  return call && { module, call };
}

const byLine = new WeakMap<Module, ReadonlyMap<number, Call>>();

/** For each line, the call with the most arguments whose callee begins or ends there. */
function callsByLine(module: Module): ReadonlyMap<number, Call> {
  const known = byLine.get(module);
  if (known) return known;
  const calls = new Map<number, Call>();
  for (const call of nodesOf(module.tree, 'CallExpression', 'OptionalCallExpression')) {
    const { first, last } = linesOf(module, call.callee);
    for (const line of new Set([first, last]))
      if (call.arguments.length > (calls.get(line)?.arguments.length ?? 0)) calls.set(line, call);
  }
  byLine.set(module, calls);
  return calls;
}

/** What the framework itself checks before a handler runs, as the options of the route say. */
export type DeclaredSchema = 'body' | 'other parts' | 'cannot be followed' | undefined;

/** The `schema` of a Fastify route, the `request` of a route of hono-openapi. */
export function declaredSchemaOf(repository: Repository, route: Route): DeclaredSchema {
  const registration = registrationOf(repository, route);
  if (!registration) return undefined;
  const { module, call } = registration;
  for (const argument of call.arguments) {
    const options = objectBehind(repository, module, argument);
    if (!options) continue;
    const schema = propertyIn(options.node, 'schema') ?? propertyIn(options.node, 'request');
    if (!schema) continue;
    const parts = objectBehind(repository, options.module, schema);
    if (!parts) return 'cannot be followed';
    if (propertyIn(parts.node, 'body')) return 'body';
    const isSpread =
      parts.node.type === 'ObjectExpression' && parts.node.properties.some(({ type }) => type === 'SpreadElement');
    return isSpread ? 'cannot be followed' : 'other parts';
  }
  return undefined;
}

/** An object as it is written: named, of another file, or handed through a call such as `createRoute({…})`. */
function objectBehind(repository: Repository, module: Module, node: Node): Code | undefined {
  const definition = definitionOf(repository, module, node);
  if (definition?.kind !== 'code') return undefined;
  if (definition.node.type === 'ObjectExpression') return definition;
  if (!isCall(definition.node)) return undefined;
  const [first] = definition.node.arguments;
  return first && first.type === 'ObjectExpression' ? { module: definition.module, node: first } : undefined;
}

function propertyIn(object: Node, name: string): Node | undefined {
  if (object.type !== 'ObjectExpression') return undefined;
  for (const property of object.properties)
    if (property.type === 'ObjectProperty' && keyNameOf(property) === name) return property.value;
  return undefined;
}

/** What is handed over with a route beside its handlers: `validate(schema)`, `zValidator('json', schema)`. */
export function handedOver(repository: Repository, route: Route): readonly Code[] {
  const registration = registrationOf(repository, route);
  if (!registration) return [];
  const { module, call } = registration;
  return call.arguments.flatMap((argument): readonly Code[] => {
    const definition = argument.type === 'Identifier' ? definitionOf(repository, module, argument) : undefined;
    if (definition?.kind === 'code' && isCall(definition.node)) return [definition];
    return isCall(argument) ? [{ module, node: argument }] : [];
  });
}

/** True for a route that is answered by packages alone: `app.post('/login', passport.authenticate('local'))`, `app.post('/login', limiter)`. */
export function isAnsweredByPackages(repository: Repository, route: Route): boolean {
  const registration = registrationOf(repository, route);
  if (!registration) return false;
  const { module, call } = registration;
  const answering = call.arguments.filter(({ type }) => !type.endsWith('Literal'));
  return answering.length > 0 && answering.every((argument) => isOfPackage(repository, module, argument));
}

function isOfPackage(repository: Repository, module: Module, node: Node): boolean {
  const definition = definitionOf(repository, module, node);
  if (definition?.kind === 'package') return true;
  if (definition?.kind !== 'code' || !isCall(definition.node)) return false;
  return definitionOf(repository, definition.module, definition.node.callee)?.kind === 'package';
}
