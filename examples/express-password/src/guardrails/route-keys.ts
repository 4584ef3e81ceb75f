// Gives every route of the app the name under which the access table knows it, such as 'GET /expenses/:id'.
import { METHODS } from 'node:http';
import type { Express } from 'express';
import type { Call } from './call.ts';

/** One entry of an Express router: a route, a router that is mounted, or a handler put in the way by `use`. */
interface Layer {
  readonly rawPath: Pattern | readonly Pattern[];
  readonly name: string;
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
  match(path: string): false | { readonly path: string; readonly pattern: Pattern };
}
type Pattern = string | RegExp;

/** Handlers that are known to answer by themselves: a folder of files, another app. */
const answering = new Set(['serveStatic', 'mounted_app']);

/** What the access table must list. */
export function registeredKeys(app: Express): string[] {
  const places = [...walk(stackOf(app), '')];
  return [...new Set(places.filter(({ layer }) => layer.route ?? answering.has(layer.name)).map(({ key }) => key))];
}

/** The keys of the routes that match, written plainly or not, and after them those of handlers on the way to a folder. */
export function matchingKeys(app: Express, method: string, path = ''): string[] {
  const paths = new Set([path, decoded(path)]);
  const found = [...paths].flatMap((each) => [...match(stackOf(app), '', method, each)]);
  const keys = [...new Set(found)].filter((key) => key !== 'USE /');
  return [...keys.filter((key) => !key.startsWith('USE ')), ...keys.filter((key) => key.startsWith('USE '))];
}

/** The names of a route that is about to run. A route that is hidden in another handler goes by that handler's name. */
export function keysOfRoute(app: Express, route: object, { req, routes }: Call): string[] {
  const places = [...walk(stackOf(app), '')].filter(({ layer }) => layer.route === route);
  const keys = places.filter(({ method }) => handles(method, req.method ?? '')).map(({ key }) => key);
  if (keys.length === 0) return [routes.find((key) => key.startsWith('USE ')) ?? 'a route that is hidden'];
  const matching = keys.filter((key) => routes.includes(key));
  return matching.length > 0 ? matching : keys;
}

function* walk(stack: readonly Layer[], prefix: string): Generator<{ key: string; method: string; layer: Layer }> {
  for (const layer of stack) {
    for (const pattern of [layer.rawPath].flat()) {
      const path = join(prefix, pattern);
      if (layer.handle.stack) yield* walk(layer.handle.stack, path);
      else for (const method of methodsOf(layer)) yield { key: `${method} ${path}`, method, layer };
    }
  }
}

function* match(stack: readonly Layer[], prefix: string, method: string, path: string): Generator<string> {
  for (const layer of stack) {
    const found = matchLayer(layer, path);
    if (!found) continue;
    const place = join(prefix, found.pattern);
    const rest = path.slice(found.path.length);
    if (layer.handle.stack) yield* match(layer.handle.stack, place, method, rest.startsWith('/') ? rest : `/${rest}`);
    else for (const own of methodsOf(layer)) if (handles(own, method)) yield `${own} ${place}`;
  }
}

/** An address that cannot be decoded matches nothing. */
function matchLayer(layer: Layer, path: string): ReturnType<Layer['match']> {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}

/** Express hands `dr%61ft` to a route for any name, where it means the name `draft`: the rule for `draft` must hold as well. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `app.all()` registers a route once for each method that there is. */
function methodsOf({ route }: Layer): string[] {
  if (!route) return ['USE'];
  const names = Object.keys(route.methods).map((name) => name.toUpperCase());
  if ('_all' in route.methods || METHODS.every((method) => names.includes(method))) return ['ALL'];
  return [...new Set(names.map((name) => (name === 'HEAD' ? 'GET' : name)))];
}

function handles(registered: string, method: string): boolean {
  return ['ALL', 'USE', method === 'HEAD' ? 'GET' : method].includes(registered);
}

function join(prefix: string, pattern: Pattern): string {
  const path = typeof pattern === 'string' ? `${prefix}/${pattern}`.replaceAll(/\/{2,}/g, '/') : `${prefix} ${pattern}`;
  return path.replace(/(.)\/$/, '$1');
}

function stackOf(app: Express): readonly Layer[] {
  return app.router.stack as unknown as readonly Layer[];
}
