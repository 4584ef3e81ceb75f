import { reachedStatus, stopHeader, type LiveRoute } from '../protocol.ts';
import { collectRoutes } from './live-routes.ts';
import { settings } from './settings.ts';

interface Context {
  readonly req: { header(name: string): string | undefined };
  body(body: string, status: number): unknown;
}
type Handler = (context: Context, next?: unknown) => unknown;
interface SmartRouter {
  add(method: string, path: string, handler: [Handler, object]): void;
  match(...words: unknown[]): unknown;
}
export type SmartRouterClass = { prototype: SmartRouter };

/** Every app has a router of its own; the one that is asked to match a request is the one that is served. */
export function watchHono({ prototype }: SmartRouterClass): void {
  const registered = new WeakMap<SmartRouter, LiveRoute[]>();
  const served = new Set<SmartRouter>();
  const known: SmartRouter[] = [];

  const add = prototype.add;
  prototype.add = function (method, path, handler) {
    if (!registered.has(this)) known.push(this);
    const routes = registered.get(this) ?? [];
    registered.set(this, routes);
    const isHandler = handler[0].length < 2;
    if (isHandler) routes.push({ framework: 'hono', method, path, stoppable: true });
    add.call(this, method, path, isHandler ? [stopBefore(handler[0]), handler[1]] : handler);
  };
  const match = prototype.match;
  prototype.match = function (...words) {
    served.add(this);
    return match.apply(this, words);
  };
  collectRoutes(() => {
    const routers = served.size > 0 ? [...served] : known.slice(-1);
    return routers.flatMap((router) => registered.get(router) ?? []);
  });
}

function stopBefore(handler: Handler): Handler {
  return (context, next) =>
    context.req.header(stopHeader) === settings.token ? context.body('', reachedStatus) : handler(context, next);
}
