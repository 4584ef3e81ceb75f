import { reachedStatus, stopHeader, type LiveRoute } from '../protocol.ts';
import { collectRoutes, joined } from './live-routes.ts';
import { settings } from './settings.ts';

interface Context {
  status: number;
  body: unknown;
  get(name: string): string;
}
type Middleware = ((context: Context, next: () => Promise<unknown>) => unknown) & { router?: KoaRouter };
interface KoaRouter {
  readonly stack: readonly { readonly methods: readonly string[]; readonly path: unknown }[];
}
interface KoaApp {
  readonly middleware: readonly Middleware[];
}
export type KoaClass = { prototype: { callback: (this: KoaApp, ...words: unknown[]) => unknown } };
export type KoaRouterClass = {
  prototype: {
    register: (
      this: KoaRouter,
      path: unknown,
      methods: unknown,
      middleware: Middleware | Middleware[],
      ...rest: unknown[]
    ) => unknown;
  };
};

/** The routers that a listening Koa app has in its chain. */
export function watchKoa({ prototype }: KoaClass): void {
  const apps = new Set<KoaApp>();
  const callback = prototype.callback;
  prototype.callback = function (...words) {
    apps.add(this);
    return callback.apply(this, words);
  };
  collectRoutes(() =>
    [...apps].flatMap(({ middleware }) => middleware.flatMap(({ router }) => (router ? routesOf(router) : []))),
  );
}

/** The last function of a route is its handler: our own request ends before it. */
export function watchKoaRouter({ prototype }: KoaRouterClass): void {
  const register = prototype.register;
  prototype.register = function (path, methods, middleware, ...rest) {
    const all = [middleware].flat();
    const last = all.pop();
    const isRoute = Array.isArray(methods) && methods.length > 0 && last !== undefined;
    return register.call(this, path, methods, isRoute ? [...all, stopBefore(last)] : middleware, ...rest);
  };
}

function routesOf({ stack }: KoaRouter): LiveRoute[] {
  return stack.flatMap(({ methods, path }) =>
    (isForAll(methods) ? ['ALL'] : methods)
      .filter((method) => method !== 'HEAD')
      .map((method) => ({
        framework: 'koa',
        method,
        path: typeof path === 'string' ? joined('', path) : String(path),
        stoppable: true,
      })),
  );
}

/** `router.all()` registers a route for each method that there is. */
function isForAll(methods: readonly string[]): boolean {
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].every((method) => methods.includes(method));
}

function stopBefore(handler: Middleware): Middleware {
  return Object.assign(function (this: unknown, context: Context, next: () => Promise<unknown>): unknown {
    if (context.get(stopHeader) !== settings.token) return handler.call(this, context, next);
    context.status = reachedStatus;
    context.body = '';
    return undefined;
  }, handler);
}
