import { reachedStatus, stopHeader, type LiveRoute } from '../protocol.ts';
import { collectRoutes } from './live-routes.ts';
import { settings } from './settings.ts';

interface Context {
  readonly req: { header(name: string): string | undefined };
  body(body: string, status: number): unknown;
}
type Handler = (context: Context, next?: unknown) => unknown;
interface Registered {
  readonly route: LiveRoute;
  last: Handler;
}
interface SmartRouter {
  add(method: string, path: string, handler: [Handler, object]): void;
  match(...words: unknown[]): unknown;
}
export type SmartRouterClass = { prototype: SmartRouter };

/** Every app has a router of its own; the one that is asked to match a request is the one that is served. */
export function watchHono({ prototype }: SmartRouterClass): void {
  const registered = new WeakMap<SmartRouter, Map<string, Registered>>();
  const served = new Set<SmartRouter>();
  const known: SmartRouter[] = [];

  const add = prototype.add;
  prototype.add = function (method, path, handler) {
    if (!registered.has(this)) known.push(this);
    const routes = registered.get(this) ?? new Map<string, Registered>();
    registered.set(this, routes);
    // `use` registers for all methods too; its functions ask for the next one.
    if (method === 'ALL' && handler[0].length > 1) return add.call(this, method, path, handler);
    const route = routes.get(`${method} ${path}`) ?? {
      route: { framework: 'hono', method, path, stoppable: true },
      last: handler[0],
    };
    routes.set(`${method} ${path}`, route);
    route.last = handler[0];
    add.call(this, method, path, [stopWhereLast(handler[0], route), handler[1]]);
  };
  const match = prototype.match;
  prototype.match = function (...words) {
    served.add(this);
    return match.apply(this, words);
  };
  collectRoutes(() => {
    const routers = served.size > 0 ? [...served] : known.slice(-1);
    return routers.flatMap((router) => [...(registered.get(router)?.values() ?? [])].map(({ route }) => route));
  });
}

/** Functions of one route are registered one by one: only the last of them is its handler. */
function stopWhereLast(handler: Handler, route: Registered): Handler {
  return (context, next) =>
    route.last === handler && context.req.header(stopHeader) === settings.token
      ? context.body('', reachedStatus)
      : handler(context, next);
}
