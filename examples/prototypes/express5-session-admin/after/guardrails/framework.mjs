// Joins the guards to Express: they come before everything else in the app, and once more in front of every route.
import { toAnswer } from './errors.mjs';
import './express-early.mjs';
import { routerOf, watchMounts } from './express-inside.mjs';
import { ownKeyOf, ownKeys } from './own-routes.mjs';
import { callOf, openCall, passLayers, resume, send } from './passage.mjs';
import { keysOfEntry, matchingKeys, registeredKeys } from './route-keys.mjs';

const guarded = new WeakMap();
const locked = new WeakSet();
const installed = new WeakSet();

/** Puts the layers in front of the app, whatever is there already, and the lock in front of each of its routes. */
export function install(app, layers, lock) {
  if (installed.has(app)) throw new Error('guard(app) must come once');
  installed.add(app);
  app.disable('x-powered-by');
  // Express shows callers the inside of what failed, unless it is told that this is no workshop.
  app.set('env', 'production');
  app.use((req, res, next) => {
    const keys = matchingKeys(routerOf(app), req);
    const own = ownKeyOf(req.method, req.url, keys);
    const call = openCall(req, res, own === undefined ? keys : [own]);
    guarded.set(call, { app, lock });
    passLayers(call, layers).then(
      (answer) => (answer ? send(res, answer) : resume(call, next)),
      (error) => send(res, toAnswer(error)),
    );
  });
  const router = routerOf(app);
  moveToFront(router);
  watchMounts(router);
  lockRoutes(router);
}

/** The registered routes, such as 'GET /expenses/:id', with the prefix they are mounted under; 'USE /files' for a folder of files. */
export function listRoutes(app) {
  return registeredKeys(routerOf(app)).filter((key) => !ownKeys().includes(key));
}

/** What Express itself has put first (in version 4) stays there. */
function moveToFront({ stack }) {
  const gate = stack.pop();
  const place = stack.findIndex(({ name }) => name !== 'query' && name !== 'expressInit');
  if (gate) stack.splice(place === -1 ? stack.length : place, 0, gate);
}

/** Express has no hook for a route that is about to run, so its own method is wrapped: for all routers, wherever they are mounted. */
function lockRoutes({ stack: [entry] }) {
  const prototype = Object.getPrototypeOf(entry);
  const name = 'handleRequest' in prototype ? 'handleRequest' : 'handle_request';
  const run = prototype[name];
  if (locked.has(prototype) || !run) return;
  locked.add(prototype);
  prototype[name] = function (req, res, next) {
    const go = () => Reflect.apply(run, this, [req, res, next]);
    const call = callOf(req);
    const guards = call && guarded.get(call);
    return call && guards ? passEntry(this, call, guards, { go, next, res }) : go();
  };
}

function passEntry(entry, call, { app, lock }, { go, next, res }) {
  const keys = keysOfEntry(routerOf(app), entry, call);
  if (keys.length === 0) return go();
  const answer = keys.map((key) => lock(call, key)).find(Boolean);
  // A folder that is not for this caller is as if it were not there: a route behind it may be open.
  if (answer && !entry.route) return resume(call, next);
  return answer ? send(res, answer) : resume(call, go);
}
