// Tells which route of Fastify a request was for: its pattern, not the address that was asked for.
import { subscribe } from 'node:diagnostics_channel';

const routes = new WeakMap();

/** Fastify tells of each app that is made, before anything is added to it. */
export function watchRoutes() {
  subscribe('fastify.initialization', (message) => {
    message.fastify.addHook('onRequest', (request, _reply, done) => {
      const path = request.routeOptions ? request.routeOptions.url : request.routerPath;
      if (path !== undefined) routes.set(request.raw, path);
      done();
    });
  });
}

/** `/teams/:team/people`; undefined where no route answered. */
export function routeOf(req) {
  return routes.get(req);
}
