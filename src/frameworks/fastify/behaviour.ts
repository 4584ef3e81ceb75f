import type { Run } from '../../code/run/run.ts';
import {
  constant,
  either,
  external,
  externalPath,
  optionsOf,
  record,
  textOfValue,
  unknown,
  type External,
  type RecordValue,
  type Site,
  type Value,
} from '../../code/run/values.ts';
import { listenTo } from '../node-http/servers.ts';
import { methods, methodsIn } from '../wiring/methods.ts';
import { WebApp, type Behaviour } from '../wiring/web-app.ts';
import { register } from './plugins.ts';

/** What the package `fastify` gives. */
export function fastifyCall(run: Run, callee: External, given: readonly Value[], site: Site): Value | undefined {
  const path = externalPath(callee);
  if (path === 'fastify' || path === 'fastify.fastify') return new WebApp(fastifyApp, 'app', site, run).value;
  // The plugin stays what it is, and is known by its wrapping.
  if (path === 'fastify-plugin' || path === 'fastify-plugin.fastifyPlugin')
    return record([['\0plugin', given[0] ?? constant(undefined)]]);
  return undefined;
}

/** Hooks that run before a handler and may end the request. */
const hooks = ['onRequest', 'preParsing', 'preValidation', 'preHandler'];

/** How a Fastify instance behaves. */
export const fastifyApp: Behaviour = {
  framework: 'fastify',
  get: (app, name) => decoratedIn(app, name),
  call(app, name, given, site, run) {
    const method = methods.get(name);
    const [first, second] = given;
    if (method && given.length > 1) return addRoute(app, [method], first, given.slice(1), site, run);
    if (name === 'route' && first) return addRouteObject(app, first, site, run);
    if (name === 'register') return register(app, first, second, site, run);
    if (name === 'addHook' && second && hooks.includes(textOfValue(first) ?? ''))
      app.layers.push({ kind: 'hook', handlers: [second], site });
    if (name === 'decorate' && second) run.journal.set(app.entries, textOfValue(first) ?? '?', second);
    if (name === 'use')
      app.layers.push({ kind: 'hook', handlers: given.filter(({ kind }) => kind !== 'constant'), site });
    if (/^(?:print|has|get|inject|address)/.test(name)) return unknown(`${name} of the app`);
    if (name === 'auth') return anyOf(first);
    if (name === 'listen') listenTo(app, given, site, run);
    if (name === 'after' || name === 'ready')
      for (const callback of given) if (callback.kind === 'function') run.invoke(callback, [], site);
    return undefined;
  },
};

/** What `decorate` has put on an instance or on one around it; plugins of packages put what is known of them. */
function decoratedIn(app: WebApp, name: string): Value | undefined {
  for (let around: WebApp | undefined = app; around; around = around.parent) {
    const own = around.entries.get(name);
    if (own) return own;
  }
  return known.get(name);
}

const known: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['passport', external('@fastify/passport')],
  ['jwt', external('@fastify/jwt')],
  ['basicAuth', external('@fastify/basic-auth')],
  ['csrfProtection', external('csrf-csrf')],
  ['rateLimit', external('express-rate-limit')],
]);

/** `fastify.auth([a, b])` lets in whoever one of them lets in. */
function anyOf(given: Value | undefined): Value | undefined {
  return given?.kind === 'list' && given.items.length > 0 ? either(given.items) : undefined;
}

function addRouteObject(app: WebApp, value: Value, site: Site, run: Run): undefined {
  for (const option of optionsOf(value)) {
    if (option.kind !== 'record') {
      app.layers.push({ kind: 'unclear', why: 'a route is an object that could not be followed', site });
      continue;
    }
    const path = option.entries.get('url') ?? option.entries.get('path');
    const method = option.entries.get('method');
    addRoute(app, methodsIn(method), path, [option], site, run);
  }
  return undefined;
}

function addRoute(
  app: WebApp,
  named: ReturnType<typeof methodsIn>,
  path: Value | undefined,
  rest: readonly Value[],
  site: Site,
  run: Run,
): undefined {
  const options = rest.find((value): value is RecordValue => value.kind === 'record');
  const last = rest.at(-1);
  const handler = last && last !== options ? last : options?.entries.get('handler');
  const handlers = [...(options ? hooksIn(options) : []), ...(handler ? [handler] : [])];
  if (named.length === 0 && path)
    app.layers.push({ kind: 'unclear', why: 'the method of a route is worked out at run time', site });
  for (const method of named)
    if (path) app.layers.push({ kind: 'route', method, path, handlers, site, conditional: run.conditional > 0 });
  return undefined;
}

/** The hooks of one route, in the order in which they run. */
function hooksIn(options: RecordValue): Value[] {
  return hooks.flatMap((name) => {
    const hook = options.entries.get(name);
    if (!hook) return [];
    return hook.kind === 'list' ? hook.items : [hook];
  });
}
