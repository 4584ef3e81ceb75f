// Tells which route of Koa a request was for: its pattern, not the address that was asked for.
import type { IncomingMessage } from 'node:http';
import Koa from 'koa';

/** Where a router for Koa writes the pattern that fits. */
interface Routed {
  readonly _matchedRoute?: string | RegExp;
}

const contexts = new WeakMap<IncomingMessage, Routed>();

/** Koa makes a context for each request, and the router writes its finding there. */
export function watchRoutes(): void {
  const { prototype } = Koa;
  const create = prototype.createContext;
  prototype.createContext = function (this: Koa, req, res) {
    const made = create.call(this, req, res) as ReturnType<typeof create> & Routed;
    contexts.set(req, made);
    return made;
  } as typeof create;
}

/** `/teams/:team/people`; undefined where no route answered. */
export function routeOf(req: IncomingMessage): string | undefined {
  const route = contexts.get(req)?._matchedRoute;
  return route === undefined ? undefined : String(route);
}
