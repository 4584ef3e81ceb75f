// Joins the guards to Fastify: they come before everything else in the app, and once more in front of every route.
import type { Server } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem, type Answer, type Call, type Layer } from './call.ts';
import { aftermath, callOf, openCall, passLayers, resume, written } from './passage.ts';
import { hideUndecodable, keyOf, keysOf } from './route-keys.ts';

export type App = FastifyInstance;

/** Looks at one request in front of one route; an answer ends it. */
export type Lock = (call: Call, key: string) => Answer | undefined;

const registered = new WeakMap<App, Set<string>>();

/** Puts the layers in front of the app and the lock in front of each of its routes. Must come before the first route. */
export function install(app: App, layers: readonly Layer[], lock?: Lock): void {
  const early = app.printRoutes({ commonPrefix: false }).trim();
  if (early !== '(empty tree)' || registered.has(app))
    throw new Error(`guard(app) must come once, and right after the app is made; there already: ${early}`);
  app.server.prependListener('request', hideUndecodable);
  const keys = new Set<string>();
  registered.set(app, keys);
  app.addHook('onRoute', (route) => {
    for (const key of keysOf(route, app)) keys.add(key);
    route.onRequest = [lockOf(lock), ...[route.onRequest ?? []].flat()];
  });
  app.addHook('onRequest', (request, reply, done) => {
    const call = openCall(request.raw, reply.raw, request.is404 ? [] : [keyOf(request)]);
    passLayers(call, layers).then(
      (answer) => (answer ? sendReply(reply, answer) : resume(call, done)),
      (error: Error) => done(error),
    );
  });
  // Reading the body has lost the context by now.
  app.addHook('preValidation', (request, _reply, done) => resume(callOf(request.raw), done));
}

function lockOf(lock: Lock | undefined) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const call = callOf(request.raw);
    const answer = call && lock?.(call, keyOf(request));
    return answer && sendReply(reply, answer);
  };
}

/** Adds a route that speaks the language of the guards and reads its body itself, if it wants one. A handler that answers on `call.res` itself returns undefined. */
export function addRoute(
  app: App,
  method: string,
  url: string,
  handler: (call: Call) => Answer | undefined | Promise<Answer | undefined>,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.route({
      method,
      url,
      handler: async (request, reply) => {
        const answer = await handler(callOf(request.raw)!);
        return answer ? sendReply(reply, answer) : reply.hijack();
      },
    });
  });
}

/** The registered routes, such as 'GET /expenses/:id', with the prefix they are mounted under. Complete once the app is ready. */
export function listRoutes(app: App): readonly string[] {
  return [...(registered.get(app) ?? [])];
}

/** Decides what the caller sees of an error, and of an address that does not exist. */
export function onError(app: App, toAnswer: (error: unknown) => Answer): void {
  app.setErrorHandler((error, request, reply) =>
    sendReply(
      reply,
      aftermath(callOf(request.raw), () => toAnswer(error)),
    ),
  );
  app.setNotFoundHandler((request, reply) =>
    sendReply(
      reply,
      aftermath(callOf(request.raw), () => problem(404, 'Not found')),
    ),
  );
}

/** Starts the app on a port; 0 takes any that is free. */
export async function listen(app: App, { port, host }: { port: number; host: string }): Promise<Server> {
  await app.listen({ port, host });
  return app.server;
}

function sendReply(reply: FastifyReply, answer: Answer): FastifyReply {
  const { text, headers } = written(answer);
  return reply.code(answer.status).headers(headers).send(text);
}
