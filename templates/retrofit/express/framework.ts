// Joins the guards to Express: they come before everything else in the app, and once more in front of every route.
import type { ServerResponse } from 'node:http';
import type { Answer, Call, Layer } from './call.ts';
import { toAnswer } from './errors.ts';
import './express-early.ts';
import { routerOf, watchMounts, type App, type Entry, type Handler, type Router } from './express-inside.ts';
import { ownKeyOf, ownKeys } from './own-routes.ts';
import { callOf, openCall, passLayers, resume, send } from './passage.ts';
import { keysOfEntry, matchingKeys, registeredKeys } from './route-keys.ts';

export type { App } from './express-inside.ts';

/** Looks at one request in front of one route; an answer ends it. */
export type Lock = (call: Call, key: string) => Answer | undefined;

const guarded = new WeakMap<Call, { readonly app: App; readonly lock: Lock }>();
const locked = new WeakSet<object>();
const installed = new WeakSet<object>();

/** Puts the layers in front of the app, whatever is there already, and the lock in front of each of its routes. */
export function install(app: App, layers: readonly Layer[], lock: Lock): void {
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
      (error: unknown) => send(res, toAnswer(error)),
    );
  });
  const router = routerOf(app);
  moveToFront(router);
  watchMounts(router);
  lockRoutes(router);
}

/** The registered routes, such as 'GET /expenses/:id', with the prefix they are mounted under; 'USE /files' for a folder of files. */
export function listRoutes(app: App): readonly string[] {
  return registeredKeys(routerOf(app)).filter((key) => !ownKeys().includes(key));
}

/** What Express itself has put first (in version 4) stays there. */
function moveToFront({ stack }: Router): void {
  const gate = stack.pop();
  const place = stack.findIndex(({ name }) => name !== 'query' && name !== 'expressInit');
  if (gate) stack.splice(place === -1 ? stack.length : place, 0, gate);
}

/** Express has no hook for a route that is about to run, so its own method is wrapped: for all routers, wherever they are mounted. */
function lockRoutes({ stack: [entry] }: Router): void {
  const prototype = Object.getPrototypeOf(entry) as Record<string, Handler>;
  const name = 'handleRequest' in prototype ? 'handleRequest' : 'handle_request';
  const run = prototype[name];
  if (locked.has(prototype) || !run) return;
  locked.add(prototype);
  prototype[name] = function (this: Entry, req, res, next) {
    const go = (): unknown => Reflect.apply(run, this, [req, res, next]);
    const call = callOf(req);
    const guards = call && guarded.get(call);
    return call && guards ? passEntry(this, call, guards, { go, next, res }) : go();
  };
}

function passEntry(
  entry: Entry,
  call: Call,
  { app, lock }: { readonly app: App; readonly lock: Lock },
  { go, next, res }: { readonly go: () => unknown; readonly next: () => void; readonly res: ServerResponse },
): unknown {
  const keys = keysOfEntry(routerOf(app), entry, call);
  if (keys.length === 0) return go();
  const answer = keys.map((key) => lock(call, key)).find(Boolean);
  // A folder that is not for this caller is as if it were not there: a route behind it may be open.
  if (answer && !entry.route) return resume(call, next);
  return answer ? send(res, answer) : resume(call, go);
}
