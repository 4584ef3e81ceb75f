// Tells which route of Hono a request was for: its pattern, not the address that was asked for.
import { SmartRouter } from 'hono/router/smart-router';

const routes = new WeakMap();

/** Every app hands its routes to its router, those of mounted apps with their whole path. */
export function watchRoutes() {
  const { prototype } = SmartRouter;
  const add = prototype.add;
  prototype.add = function (method, path, entry) {
    Reflect.apply(add, this, [method, path, Array.isArray(entry) ? noted(entry) : entry]);
  };
}

/** The last one that is asked is the one that answers. Middleware for a whole folder is no route. */
function noted([handler, route]) {
  if (route?.method === 'ALL' && route.path.endsWith('*')) return [handler, route];
  const asked = (context, next) => {
    const incoming = context.env?.incoming;
    if (incoming) routes.set(incoming, route.path);
    return handler(context, next);
  };
  return [asked, route];
}

/** `/teams/:team/people`; undefined where no route answered. */
export function routeOf(req) {
  return routes.get(req);
}
