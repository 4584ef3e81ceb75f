// Joins the guards to Fastify: they come before everything else in the app, and once more in front of every route.
import { toAnswer } from './errors.mjs';
import { ownKeyOf } from './own-routes.mjs';
import { callOf, openCall, passLayers, resume, written } from './passage.mjs';
import { hideUndecodable, keyOf, keysOf } from './route-keys.mjs';

const registered = new WeakMap();

/** Puts the layers in front of the app and the lock in front of each of its routes. Must come before the first route. */
export function install(app, layers, lock) {
  const early = app.printRoutes({ commonPrefix: false }).trim();
  // A route shows its methods, such as (GET); how a tree without any is shown depends on the version.
  if (/\([A-Z]/.test(early) || registered.has(app))
    throw new Error(`guard(app) must come once, and right after the app is made; there already: ${early}`);
  app.server.prependListener('request', hideUndecodable);
  const keys = new Set();
  registered.set(app, keys);
  app.addHook('onRoute', (route) => {
    for (const key of keysOf(route, app)) keys.add(key);
    route.onRequest = [lockOf(lock), ...[route.onRequest ?? []].flat()];
  });
  app.addHook('onRequest', (request, reply, done) => {
    const call = openCall(request.raw, reply.raw, routesOf(request));
    passLayers(call, layers).then(
      (answer) => (answer ? sendReply(reply, answer) : resume(call, done)),
      (error) => sendReply(reply, toAnswer(error)),
    );
  });
  // Reading the body has lost the context by now.
  app.addHook('preValidation', (request, _reply, done) => resume(callOf(request.raw), done));
}

function routesOf(request) {
  const keys = request.is404 ? [] : [keyOf(request)];
  const own = ownKeyOf(request.method, request.raw.url, keys);
  return own === undefined ? keys : [own];
}

function lockOf(lock) {
  return async (request, reply) => {
    const call = callOf(request.raw);
    const answer = call && lock(call, keyOf(request));
    return answer && sendReply(reply, answer);
  };
}

/** The registered routes, such as 'GET /expenses/:id', with the prefix they are mounted under. Complete once the app is ready. */
export function listRoutes(app) {
  return [...(registered.get(app) ?? [])];
}

function sendReply(reply, answer) {
  const { text, headers } = written(answer);
  return reply.code(answer.status).headers(headers).send(text);
}
