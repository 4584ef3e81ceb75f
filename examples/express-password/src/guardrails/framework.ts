// Joins the guards to Express: they come before everything else in the app, and once more in front of every route.
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { problem, type Answer, type Call, type Layer } from './call.ts';
import { aftermath, callOf, openCall, passLayers, resume, send } from './passage.ts';
import { keysOfRoute, matchingKeys, registeredKeys } from './route-keys.ts';

export type App = Express;

/** Looks at one request in front of one route; an answer ends it. */
export type Lock = (call: Call, key: string) => Answer | undefined;

const guarded = new WeakMap<Call, { readonly app: App; readonly lock: Lock | undefined }>();

/** Puts the layers in front of the app and the lock in front of each of its routes. Must come before the first route. */
export function install(app: App, layers: readonly Layer[], lock?: Lock): void {
  if (app.router.stack.length > 0) {
    const early = registeredKeys(app)[0] ?? 'a handler of app.use()';
    throw new Error(`guard(app) must come once, and right after the app is made; there already: ${early}`);
  }
  app.disable('x-powered-by');
  app.use(async (req, res, next) => {
    const call = openCall(req, res, matchingKeys(app, req.method, req.path));
    guarded.set(call, { app, lock });
    const answer = await passLayers(call, layers);
    if (answer) send(res, answer);
    else resume(call, next);
  });
}

/** Express has no hook for a route that is about to run, so its own method is wrapped: for all routers, wherever they are mounted. */
const { prototype } = (express as unknown as { Route: { prototype: { dispatch: RequestHandler } } }).Route;
const { dispatch } = prototype;
Object.assign(prototype, {
  dispatch(this: object, req: Request, res: Response, next: NextFunction): void {
    const call = callOf(req);
    const { app, lock } = (call && guarded.get(call)) ?? {};
    if (!call || !app) return void Reflect.apply(dispatch, this, [req, res, next]);
    const answer = keysOfRoute(app, this, call)
      .map((key) => lock?.(call, key))
      .find(Boolean);
    if (answer) return send(res, answer);
    return resume(call, () => void Reflect.apply(dispatch, this, [req, res, next]));
  },
});

/** Adds a route that speaks the language of the guards. A handler that answers on `call.res` itself returns undefined. */
export function addRoute(
  app: App,
  method: string,
  path: string,
  handler: (call: Call) => Answer | undefined | Promise<Answer | undefined>,
): void {
  const route = app.route(path) as unknown as Record<string, (run: RequestHandler) => void>;
  route[method.toLowerCase()]?.(async (req, res) => {
    const answer = await handler(callOf(req)!);
    if (answer) send(res, answer);
  });
}

/** The registered routes, such as 'GET /expenses/:id', with the prefix they are mounted under; 'USE /files' for a folder of files. */
export function listRoutes(app: App): readonly string[] {
  return registeredKeys(app);
}

/** Decides what the caller sees of an error, and of an address that does not exist: after all other handlers of the app. */
export function onError(app: App, toAnswer: (error: unknown) => Answer): void {
  const { handle } = app as unknown as { handle: RequestHandler };
  const last = (req: IncomingMessage, res: ServerResponse) => (error?: unknown) =>
    send(
      res,
      aftermath(callOf(req), () => (error ? toAnswer(error) : problem(404, 'Not found'))),
    );
  Object.assign(app, {
    handle: (req: Request, res: Response, next?: NextFunction) =>
      void Reflect.apply(handle, app, [req, res, next ?? last(req, res)]),
  });
}

/** Starts the app on a port; 0 takes any that is free. */
export async function listen(app: App, { port, host }: { port: number; host: string }): Promise<Server> {
  const server = app.listen(port, host);
  await once(server, 'listening');
  return server;
}
