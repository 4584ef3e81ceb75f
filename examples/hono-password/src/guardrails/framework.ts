// Joins the guards to Hono: they come before everything else in the app, and once more in front of every route.
import type { Server } from 'node:http';
import { ServerResponse } from 'node:http';
import { serve, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Handler, Hono } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { RouterRoute } from 'hono/types';
import { problem, type Answer, type Call, type Layer } from './call.ts';
import { aftermath, callOf, openCall, passLayers, resume, written } from './passage.ts';
import { keyOf, keysOf } from './route-keys.ts';

export type App = Hono;

/** Looks at one request in front of one route; an answer ends it. */
export type Lock = (call: Call, key: string) => Answer | undefined;

/** Puts the layers in front of the app and the lock in front of each of its routes. Must come before the first route. */
export function install(app: App, layers: readonly Layer[], lock?: Lock): void {
  const [early] = app.routes;
  if (early)
    throw new Error(`guard(app) must come once, and right after the app is made; there already: ${keyOf(early)}`);
  app.use(async (context, next) => {
    const { incoming, outgoing } = nodeSide(context);
    if (!incoming)
      return toResponse(problem(503, 'This app answers over HTTP only; in tests, use startApp() of test/support.ts'));
    const routes = keysOf(matchedRoutes(context));
    const call = openCall(incoming, outgoing ?? new ServerResponse(incoming), routes);
    const answer = await passLayers(call, layers);
    return answer ? toResponse(answer) : resume(call, next);
  });
  lockRoutes(app, lock);
}

/** Mounted apps arrive here as well: Hono registers their routes once more, through this router. */
function lockRoutes(app: App, lock: Lock | undefined): void {
  const add = app.router.add.bind(app.router);
  app.router.add = (method, path, [handler, route]) =>
    add(method, path, [locked(handler as Handler, route, lock), route]);
}

function locked(handler: Handler, route: RouterRoute, lock: Lock | undefined): Handler {
  const key = keyOf(route);
  return (context, next) => {
    const call = callIn(context);
    return resume(call, () => {
      const answer = call && !key.startsWith('USE ') ? lock?.(call, key) : undefined;
      return answer ? toResponse(answer) : handler(context, next);
    });
  };
}

/** Adds a route that speaks the language of the guards. A handler that answers on `call.res` itself returns undefined. */
export function addRoute(
  app: App,
  method: string,
  path: string,
  handler: (call: Call) => Answer | undefined | Promise<Answer | undefined>,
): void {
  app.on(method, path, async (context) => {
    const call = callIn(context)!;
    const answer = await handler(call);
    if (answer) return toResponse(answer);
    // For HEAD, Hono makes a new response of the one that says "already sent", and would send it.
    if (call.res.writableEnded) Object.assign(call.res, { writeHead: () => call.res });
    return RESPONSE_ALREADY_SENT;
  });
}

/** The registered routes, such as 'GET /expenses/:id', with the prefix they are mounted under. */
export function listRoutes(app: App): readonly string[] {
  return keysOf(app.routes).filter((key) => !key.startsWith('USE '));
}

/** Decides what the caller sees of an error, and of an address that does not exist. */
export function onError(app: App, toAnswer: (error: unknown) => Answer): void {
  app.onError((error, context) => toResponse(aftermath(callIn(context), () => toAnswer(error))));
  app.notFound((context) => toResponse(aftermath(callIn(context), () => problem(404, 'Not found'))));
}

/** Starts the app on a port; 0 takes any that is free. */
export function listen(app: App, { port, host }: { port: number; host: string }): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: host }, () => resolve(server)) as Server;
    server.once('error', reject);
  });
}

function nodeSide(context: Context): Partial<HttpBindings> {
  return (context.env ?? {}) as Partial<HttpBindings>;
}

function callIn(context: Context): Call | undefined {
  return callOf(nodeSide(context).incoming);
}

function toResponse(answer: Answer): Response {
  const { text, headers } = written(answer);
  return new Response(text, { status: answer.status, headers });
}
