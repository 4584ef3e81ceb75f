import type { Node } from '@babel/types';
import { keyNameOf, type FunctionNode } from '../../code/calls.ts';
import { placeOf } from '../../code/module.ts';
import type { Repository } from '../../repository/repository.ts';
import { guardOf } from '../refusal/handler.ts';
import type { Code, Guard, Method, Route } from '../server.ts';
import type { Consumer } from './consumers.ts';
import { decoratorsOf, metadataOf, type Decorated, type Metadata } from './decorators.ts';
import { guardAmong, guardsNamed } from './guards.ts';
import { classOf, type ClassCode } from './modules.ts';
import { textsIn, type Setup } from './setup.ts';

const verbs: Readonly<Record<string, Method>> = {
  Get: 'GET',
  Post: 'POST',
  Put: 'PUT',
  Patch: 'PATCH',
  Delete: 'DELETE',
  Head: 'HEAD',
  Options: 'OPTIONS',
  All: 'ALL',
  Sse: 'GET',
};

/** What stands before every route of an application. */
export interface Before {
  readonly guards: readonly Code[];
  readonly consumers: readonly Consumer[];
}

/** The routes of one controller. */
export function routesOf(
  repository: Repository,
  setup: Setup,
  before: Before,
  { controller, prefix }: { controller: ClassCode; prefix: string },
): Route[] {
  const onClass = decoratorsOf(repository, controller.module, controller.node);
  const own = onClass.find(({ name }) => name === 'Controller');
  const paths = own ? pathsOf(repository, own) : [''];
  return methodsOf(repository, controller).flatMap(({ method, owner }) => {
    const onMethod = decoratorsOf(repository, owner.module, method);
    const guards = [...before.guards, ...namedBy(onClass), ...namedBy(onMethod)];
    const guard = judged(
      repository,
      { module: owner.module, node: method },
      guards,
      metadataOf(repository, [...onClass, ...onMethod]),
    );
    const versions = versionsOf(repository, setup, own, onMethod);
    return onMethod.flatMap((decorated) => {
      const verb = verbs[decorated.name];
      if (!verb) return [];
      return paths.flatMap((folder) =>
        pathsOf(repository, decorated).flatMap((after) =>
          versions.map((version): Route => ({
            method: verb,
            path: urlOf(setup, [prefix, folder, after], version),
            where: placeOf(decorated.module, decorated.node),
            handlers: [{ module: owner.module, node: method }],
            guard: behind(before.consumers, guard, [verb, clean([prefix, folder, after]), controller.node]),
            confidence: setup.certain ? 'certain' : 'likely',
          })),
        ),
      );
    });
  });
}

/** A route that middleware of a module keeps. */
function behind(consumers: readonly Consumer[], guard: Guard, route: Parameters<Consumer['covers']>): Guard {
  const consumer = guard.state === 'open' ? consumers.find((one) => one.covers(...route)) : undefined;
  return consumer ? { state: 'refused', by: consumer.refusal.by, how: consumer.refusal.how } : guard;
}

/** The methods of a controller and of the classes it extends. */
function methodsOf(repository: Repository, owner: ClassCode, steps = 4): { method: FunctionNode; owner: ClassCode }[] {
  const own = owner.node.body.body.flatMap((method) => (method.type === 'ClassMethod' ? [{ method, owner }] : []));
  const base =
    owner.node.superClass && steps > 0
      ? classOf(repository, { module: owner.module, node: owner.node.superClass })
      : undefined;
  return base ? [...own, ...methodsOf(repository, base, steps - 1)] : own;
}

function namedBy(decorators: readonly Decorated[]): Code[] {
  return decorators.flatMap(({ name, args, module }) => (name === 'UseGuards' ? guardsNamed(args, module) : []));
}

function judged(
  repository: Repository,
  handler: Code & { node: FunctionNode },
  guards: readonly Code[],
  metadata: Metadata,
): Guard {
  const guard = guardAmong(repository, guards, metadata);
  if (guard.state !== 'open') return guard;
  const inside = guardOf(repository, handler.module, handler.node);
  return inside.state === 'refused' ? inside : guard;
}

/** `@Get()`, `@Get('a')`, `@Get(['a', 'b'])`, `@Controller({ path: 'a' })`. */
function pathsOf(repository: Repository, { args: [first], module }: Decorated): string[] {
  if (!first) return [''];
  const node = first.type === 'ObjectExpression' ? propertyOf(first, 'path') : first;
  const paths = node ? textsIn(repository, module, node) : [];
  return paths.length > 0 ? paths : [''];
}

function propertyOf(node: Extract<Node, { type: 'ObjectExpression' }>, name: string): Node | undefined {
  const property = node.properties.find(
    (candidate) => candidate.type === 'ObjectProperty' && keyNameOf(candidate) === name,
  );
  return property?.type === 'ObjectProperty' ? property.value : undefined;
}

/** The versions of a route in the URL; one empty version where there are none. */
function versionsOf(
  repository: Repository,
  { versions }: Setup,
  controller: Decorated | undefined,
  onMethod: readonly Decorated[],
): string[] {
  if (!versions) return [''];
  const named = onMethod.find(({ name }) => name === 'Version');
  const [options] = controller?.args ?? [];
  const ofController = options?.type === 'ObjectExpression' ? propertyOf(options, 'version') : undefined;
  const found = named?.args[0]
    ? textsIn(repository, named.module, named.args[0])
    : ofController && controller
      ? textsIn(repository, controller.module, ofController)
      : versions.normal;
  return found.length > 0 ? found.map((version) => versions.before + version) : [''];
}

function urlOf({ prefix, unprefixed }: Setup, parts: readonly string[], version: string): string {
  const tail = clean([version, ...parts]);
  const bare = unprefixed.some((path) => clean([path]) === clean(parts));
  return bare ? tail : clean([prefix, version, ...parts]);
}

function clean(parts: readonly string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
}
