import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isCall, isFunction, keyNameOf, memberNameOf, objectOf, type Call } from '../../code/calls.ts';
import { textValueOf } from '../../code/literals.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Refusal } from '../refusal/reading.ts';
import { lookInto } from '../refusal/refusal.ts';
import type { Code, Method } from '../server.ts';
import { classOf, type ClassCode } from './modules.ts';

/** Middleware that a module puts before routes, and that sends strangers away: `consumer.apply(Auth).forRoutes('cats')`. */
export interface Consumer {
  readonly refusal: Refusal;
  /** Whether it stands before a route: its method, its path without the global prefix, its controller. */
  covers(method: Method, path: string, controller: Node): boolean;
}

/** The middleware of some modules that refuses. */
export function consumersOf(repository: Repository, modules: readonly ClassCode[]): Consumer[] {
  return modules.flatMap(({ module, node }) => {
    const configure = node.body.body.find(
      (member) => member.type === 'ClassMethod' && keyNameOf(member) === 'configure',
    );
    return configure ? nodesOf(configure, 'CallExpression').flatMap((call) => ofCall(repository, module, call)) : [];
  });
}

function ofCall(repository: Repository, module: Module, call: Call): Consumer[] {
  if (memberNameOf(call.callee) !== 'forRoutes') return [];
  const applied = argumentsOf(call, 'apply');
  const refusal = applied.map((node) => refusalOf(repository, { module, node })).find((found) => found !== undefined);
  if (!refusal) return [];
  const targets = call.arguments.map((node) => targetOf(repository, module, node));
  const excluded = argumentsOf(call, 'exclude').map((node) => targetOf(repository, module, node));
  return [
    {
      refusal,
      covers: (method, path, controller) =>
        targets.some((target) => target(method, path, controller)) &&
        !excluded.some((target) => target(method, path, controller)),
    },
  ];
}

/** The arguments of a call earlier in the chain. */
function argumentsOf(call: Call, name: string): readonly Node[] {
  for (let object = objectOf(call.callee); object && isCall(object); object = objectOf(object.callee))
    if (memberNameOf(object.callee) === name) return object.arguments;
  return [];
}

/** A middleware class with `use(request, response, next)`, or a function. */
function refusalOf(repository: Repository, code: Code): Refusal | undefined {
  const owner = classOf(repository, code);
  const use = owner?.node.body.body.find((member) => member.type === 'ClassMethod' && keyNameOf(member) === 'use');
  const definition = owner ? undefined : definitionOf(repository, code.module, code.node);
  const made =
    owner && use ? { module: owner.module, node: use } : definition?.kind === 'code' ? definition : undefined;
  if (!made || !isFunction(made.node)) return undefined;
  const { refusal } = lookInto(repository, made.module, made.node);
  return refusal?.said ? refusal : undefined;
}

type Target = (method: Method, path: string, controller: Node) => boolean;

/** `'cats'`, `'*'`, `{ path: 'cats', method: RequestMethod.GET }`, `CatsController`. */
function targetOf(repository: Repository, module: Module, node: Node): Target {
  const owner = classOf(repository, { module, node });
  if (owner) return (_, __, controller) => controller === owner.node;
  const value = (name: string): Node | undefined => {
    const property =
      node.type === 'ObjectExpression'
        ? node.properties.find((one) => one.type === 'ObjectProperty' && keyNameOf(one) === name)
        : undefined;
    return property?.type === 'ObjectProperty' ? property.value : undefined;
  };
  const path = textValueOf(repository, module, value('path') ?? node);
  const named = value('method');
  const verb = named && /RequestMethod\.(\w+)/.exec(textOf(module, named))?.[1];
  const matches = path === undefined ? () => false : patternOf(path);
  return (method, url) => (verb === undefined || verb === 'ALL' || verb === method) && matches(url);
}

/** `*`, `cats/*`, `cats/(.*)`, `{*path}`: everything below. Parameters match each other. */
function patternOf(path: string): (url: string) => boolean {
  const parts = path
    .replace(/^\//, '')
    .replaceAll(/\(\.\*\)|\{?\*\w*\}?/g, '*')
    .split('/')
    .filter(Boolean);
  const isOpen = parts.at(-1) === '*';
  return (url) => {
    const given = url.split('/').filter(Boolean);
    if (isOpen ? given.length < parts.length && parts.length > 1 : given.length !== parts.length) return false;
    return parts.every((part, index) => part === '*' || part.startsWith(':') || part === given[index]);
  };
}
