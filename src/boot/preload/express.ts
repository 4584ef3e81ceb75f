import { METHODS, type IncomingMessage, type ServerResponse } from 'node:http';
import { reachedStatus, stopHeader, type LiveRoute } from '../protocol.ts';
import { collectRoutes, joined } from './live-routes.ts';
import { settings } from './settings.ts';

/** The parts of Express 4 and 5 that are touched. */
export interface Express {
  readonly Router: Record<string, unknown> & { prototype?: Record<string, unknown> };
  readonly Route: { prototype: Record<string, unknown> };
  readonly application: Record<string, unknown>;
}
type Callable = (this: object, ...words: unknown[]) => unknown;
type Child = { readonly path: unknown } & ({ readonly route: RouteObject } | { readonly inner: object });
interface Wiring {
  readonly children: WeakMap<object, Child[]>;
  readonly forAll: WeakSet<object>;
}
interface RouteObject {
  readonly path: unknown;
  readonly stack: readonly { readonly method?: string }[];
}

/** Records what is mounted where while it happens: Express 5 forgets mount paths afterwards. */
export function watchExpress({ Router, Route, application }: Express): void {
  const children = new WeakMap<object, Child[]>();
  const apps = new Set<object>();
  const mounted = new WeakSet<object>();
  const add = (parent: object, child: Child): void => {
    children.set(parent, [...(children.get(parent) ?? []), child]);
    if ('inner' in child) mounted.add(child.inner);
  };

  const routers = typeof Router.prototype?.['use'] === 'function' ? Router.prototype : Router;
  wrap(
    routers,
    'use',
    (use) =>
      function (this: object, ...words) {
        for (const child of mountsIn(words)) add(this, child);
        return use.apply(this, words);
      },
  );
  wrap(
    routers,
    'route',
    (route) =>
      function (this: object, ...words) {
        const made = route.apply(this, words) as RouteObject;
        add(this, { path: words[0], route: made });
        return made;
      },
  );
  wrap(
    application,
    'use',
    (use) =>
      function (this: object, ...words) {
        for (const child of mountsIn(words)) if ('inner' in child && isApp(child.inner)) add(this, child);
        return use.apply(this, words);
      },
  );
  wrap(
    application,
    'init',
    (init) =>
      function (this: object, ...words) {
        apps.add(this);
        return init.apply(this, words);
      },
  );
  // `all` registers for every method one by one, and is as often a guard as a handler: it is left as it is, and its route is told apart.
  const forAll = new WeakSet<object>();
  let inAll = 0;
  for (const target of [application, routers])
    wrap(
      target,
      'all',
      (all) =>
        function (this: object, ...words) {
          inAll += 1;
          try {
            return all.apply(this, words);
          } finally {
            inAll -= 1;
          }
        },
    );
  for (const method of [...METHODS.map((name) => name.toLowerCase()), 'query'])
    wrap(
      Route.prototype,
      method,
      (register) =>
        function (this: object, ...words) {
          if (inAll === 0) return stopAtLast(register).apply(this, words);
          forAll.add(this);
          return register.apply(this, words);
        },
    );

  collectRoutes(() =>
    [...apps].filter((app) => !mounted.has(app)).flatMap((app) => routesOf(app, '', { children, forAll }, new Set())),
  );
}

function routesOf(parent: object, prefix: string, wiring: Wiring, above: ReadonlySet<object>): LiveRoute[] {
  if (above.has(parent)) return [];
  const seen = new Set([...above, parent]);
  const router = isApp(parent) ? routerOf(parent) : undefined;
  const { children, forAll } = wiring;
  const own = [...(children.get(parent) ?? []), ...(router ? (children.get(router) ?? []) : [])];
  return own.flatMap((child) =>
    pathsOf(child.path).flatMap((path) =>
      'route' in child
        ? methodsOf(child.route, forAll.has(child.route)).map((method) => ({
            framework: 'express',
            method,
            path: joined(prefix, path),
            stoppable: method !== 'ALL',
          }))
        : routesOf(child.inner, joined(prefix, path), wiring, seen),
    ),
  );
}

/** Express 4 throws when `router` is asked for. */
function routerOf(app: object): object | undefined {
  const { _router } = app as { _router?: object };
  if (_router) return _router;
  try {
    return (app as { router?: object }).router;
  } catch {
    return undefined;
  }
}

function mountsIn(words: readonly unknown[]): Child[] {
  const flat = words.flat(Infinity);
  const path = typeof flat[0] === 'function' ? '/' : words[0];
  return flat
    .filter((word): word is object => typeof word === 'function' && isRouterOrApp(word))
    .map((inner) => ({ path, inner }));
}

function isRouterOrApp(value: object): boolean {
  return isApp(value) || Array.isArray((value as { stack?: unknown }).stack);
}

function isApp(value: object): boolean {
  const { handle, set } = value as { handle?: unknown; set?: unknown };
  return typeof handle === 'function' && typeof set === 'function';
}

function pathsOf(path: unknown): string[] {
  return (Array.isArray(path) ? path : [path ?? '/']).map(String);
}

function methodsOf({ stack }: RouteObject, isForAll: boolean): string[] {
  if (isForAll) return ['ALL'];
  return [
    ...new Set(stack.flatMap(({ method }) => (method === undefined || method === '_all' ? [] : method.toUpperCase()))),
  ];
}

/** The last function of a route is its handler: our own request ends before it. */
function stopAtLast(register: Callable): Callable {
  return function (this: object, ...words) {
    const handlers = words.flat(Infinity);
    const last = handlers.pop();
    return register.apply(this, [
      ...handlers,
      typeof last === 'function' && last.length < 4 ? stopBefore(last as Callable) : last,
    ]);
  };
}

function stopBefore(handler: Callable): Callable {
  const stopping = function (this: object, request: IncomingMessage, response: ServerResponse, next: unknown): unknown {
    if (request.headers[stopHeader] !== settings.token) return handler.call(this, request, response, next);
    response.statusCode = reachedStatus;
    return void response.end();
  };
  return Object.defineProperty(stopping, 'name', { value: handler.name }) as Callable;
}

function wrap(target: Record<string, unknown>, name: string, around: (original: Callable) => Callable): void {
  const original = target[name];
  if (typeof original === 'function') target[name] = around(original as Callable);
}
