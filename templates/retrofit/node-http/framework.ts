// Joins the guards to a server of Node itself: they come before whatever answers its requests.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Answer, Call, Layer } from './call.ts';
import { toAnswer } from './errors.ts';
import { ownKeyOf, ownKeys } from './own-routes.ts';
import { openCall, passLayers, resume, send } from './passage.ts';
import { tableFolders, tableKeys } from './table-keys.ts';

/** A server as `http.createServer()` makes it. */
export type App = Pick<Server, 'emit'>;

/** Looks at one request in front of one route; an answer ends it. Here a function answers all of them: there is no such place. */
export type Lock = (call: Call, key: string) => Answer | undefined;

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

const installed = new WeakSet<App>();

/** What Node.js tells a server of a request by. */
const requests: readonly unknown[] = ['request', 'checkContinue', 'checkExpectation'];

/** Puts the layers in front of the server, whoever listens to it, now or later. */
export function install(app: App, layers: readonly Layer[], _lock: Lock): void {
  if (installed.has(app)) throw new Error('guard(server) must come once');
  installed.add(app);
  const emit = app.emit.bind(app) as Emit;
  const led: Emit = (event, ...args) => {
    if (!requests.includes(event)) return emit(event, ...args);
    const [req, res] = args as [IncomingMessage, ServerResponse];
    lead(req, res, layers, () => emit(event, req, res));
    return true;
  };
  Object.assign(app, { emit: led });
}

function lead(req: IncomingMessage, res: ServerResponse, layers: readonly Layer[], go: () => unknown): void {
  const keys = keysOf(req);
  const own = ownKeyOf(req.method, req.url, keys);
  const call = openCall(req, res, own === undefined ? keys : [own]);
  passLayers(call, layers).then(
    (answer) => (answer ? send(res, answer) : whenIdle(() => resume(call, go))),
    (error: unknown) => send(res, toAnswer(error)),
  );
}

/** What fails in the app is the app's own matter, as it was before, and not that of a promise of ours. */
function whenIdle(run: () => unknown): void {
  process.nextTick(run);
}

/** The entries of the access table are all that is known of its routes. */
function keysOf({ method = '', url = '' }: IncomingMessage): string[] {
  const listed = tableKeys(method, url).filter((key) => !ownKeys().includes(key));
  return [...listed, 'USE /'];
}

/** No server of Node.js can tell what it answers. What the table does not name is for the signed-in. */
export function listRoutes(_app: App): readonly string[] {
  return tableFolders();
}
