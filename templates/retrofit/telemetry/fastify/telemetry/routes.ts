// Tells which route of Fastify a request was for: its pattern, not the address that was asked for.
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

interface Fastify {
  addHook(name: 'onRequest', hook: (request: FastifyRequest, reply: unknown, done: () => void) => void): void;
}

interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly routeOptions?: { readonly url?: string };
  /** As Fastify 4 had it before. */
  readonly routerPath?: string;
}

const routes = new WeakMap<IncomingMessage, string>();

/** Fastify tells of each app that is made, before anything is added to it. */
export function watchRoutes(): void {
  subscribe('fastify.initialization', (message) => {
    (message as { fastify: Fastify }).fastify.addHook('onRequest', (request, _reply, done) => {
      const path = request.routeOptions ? request.routeOptions.url : request.routerPath;
      if (path !== undefined) routes.set(request.raw, path);
      done();
    });
  });
}

/** `/teams/:team/people`; undefined where no route answered. */
export function routeOf(req: IncomingMessage): string | undefined {
  return routes.get(req);
}
