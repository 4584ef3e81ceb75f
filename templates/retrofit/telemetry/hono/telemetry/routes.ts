// Tells which route of Hono a request was for: its pattern, not the address that was asked for.
import type { IncomingMessage } from 'node:http';
import { SmartRouter } from 'hono/router/smart-router';

type Handler = (context: { readonly env?: { readonly incoming?: IncomingMessage } }, next: unknown) => unknown;

/** How Hono hands a route to its router. */
type Entry = [handler: Handler, route: { readonly path: string; readonly method: string }];

const routes = new WeakMap<IncomingMessage, string>();

/** Every app hands its routes to its router, those of mounted apps with their whole path. */
export function watchRoutes(): void {
  const { prototype } = SmartRouter;
  const add = prototype.add as (method: string, path: string, entry: unknown) => void;
  prototype.add = function (this: unknown, method: string, path: string, entry: unknown): void {
    Reflect.apply(add, this, [method, path, Array.isArray(entry) ? noted(entry as Entry) : entry]);
  };
}

/** The last one that is asked is the one that answers. Middleware for a whole folder is no route. */
function noted([handler, route]: Entry): Entry {
  if (route?.method === 'ALL' && route.path.endsWith('*')) return [handler, route];
  const asked: Handler = (context, next) => {
    const incoming = context.env?.incoming;
    if (incoming) routes.set(incoming, route.path);
    return handler(context, next);
  };
  return [asked, route];
}

/** `/teams/:team/people`; undefined where no route answered. */
export function routeOf(req: IncomingMessage): string | undefined {
  return routes.get(req);
}
