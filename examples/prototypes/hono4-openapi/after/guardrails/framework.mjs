// Joins the guards to Hono: they come before everything else in the app, and once more in front of every route.
import { ServerResponse } from 'node:http';
import { problem } from './call.mjs';
import { toAnswer } from './errors.mjs';
import { ownKeyOf, readBodyBy } from './own-routes.mjs';
import { callOf, openCall, passLayers, resume, written } from './passage.mjs';
import { keyOf, keysOf } from './route-keys.mjs';

/** Puts the layers in front of the app and the lock in front of each of its routes. Must come before the first route. */
export function install(app, layers, lock) {
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
function lockRoutes({ router }, lock) {
  const add = router.add.bind(router);
  router.add = (method, path, [handler, route]) => add(method, path, [locked(handler, route, lock), route]);
}

function locked(handler, route, lock) {
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
export function listRoutes(app) {
  return keysOf(app.routes).filter((key) => !key.startsWith('USE '));
}

function nodeSide(context) {
  return context.env ?? {};
}

function toResponse(answer) {
  const { text, headers } = written(answer);
  return new Response(text, { status: answer.status, headers });
}
