// Joins the guards to Hono: they come before everything else in the app, and once more in front of every route.
import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Context, Handler, Hono } from 'hono';
import type { RouterRoute } from 'hono/types';
import { problem, type Answer, type Call, type Layer } from './call.ts';
import { toAnswer } from './errors.ts';
import { ownKeyOf, readBodyBy } from './own-routes.ts';
import { callOf, openCall, passLayers, resume, written } from './passage.ts';
import { keyOf, keysOf } from './route-keys.ts';

export type App = Pick<Hono, 'routes' | 'use' | 'router'>;

/** Looks at one request in front of one route; an answer ends it. */
export type Lock = (call: Call, key: string) => Answer | undefined;

interface NodeSide {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

/** Puts the layers in front of the app and the lock in front of each of its routes. Must come before the first route. */
export function install(app: App, layers: readonly Layer[], lock: Lock): void {
  const [early] = app.routes;
  if (early)
    throw new Error(`guard(app) must come once, and right after the app is made; there already: ${keyOf(early)}`);
  app.use(async (context, next) => {
    const { incoming, outgoing } = nodeSide(context);
    if (!incoming) return toResponse(problem(503, 'This app answers over HTTP only'));
    const keys = keysOf(context.req.matchedRoutes);
    const own = ownKeyOf(incoming.method, incoming.url, keys);
    const routes = own === undefined ? keys : [own];
    if (own !== undefined) readBodyBy(incoming, () => context.req.text());
    const call = openCall(incoming, outgoing ?? new ServerResponse(incoming), routes);
    const answer = await passLayers(call, layers).catch(toAnswer);
    return answer ? toResponse(answer) : resume(call, next);
  });
  lockRoutes(app, lock);
}

/** Mounted apps arrive here as well: Hono registers their routes once more, through this router. */
function lockRoutes({ router }: App, lock: Lock): void {
  const add = router.add.bind(router);
  router.add = (method, path, [handler, route]) => add(method, path, [locked(handler as Handler, route, lock), route]);
}

function locked(handler: Handler, route: RouterRoute, lock: Lock): Handler {
  const key = keyOf(route);
  return (context, next) => {
    const call = callOf(nodeSide(context).incoming);
    return resume(call, () => {
      const answer = call && !key.startsWith('USE ') ? lock(call, key) : undefined;
      return answer ? toResponse(answer) : handler(context, next);
    });
  };
}

/** The registered routes, such as 'GET /expenses/:id', with the prefix they are mounted under. */
export function listRoutes(app: App): readonly string[] {
  return keysOf(app.routes).filter((key) => !key.startsWith('USE '));
}

function nodeSide(context: Context): NodeSide {
  return (context.env ?? {}) as NodeSide;
}

function toResponse(answer: Answer): Response {
  const { text, headers } = written(answer);
  return new Response(text, { status: answer.status, headers });
}
