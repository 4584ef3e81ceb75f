// Answers the few addresses that belong to the guards, such as signing in, before the app is asked.
import type { IncomingMessage } from 'node:http';
import type { Answer, Call, Layer } from './call.ts';

type Handler = (call: Call) => Answer | Promise<Answer>;

const handlers = new Map<string, Handler>();
const yielding = new Set<string>();

/** Adds an address of the guards, such as 'POST /sign-in'; with a star at the end it stands for all below it. */
export function addRoute(key: string, handler: Handler): void {
  handlers.set(key, handler);
}

/** Adds an address that is the app's as soon as the app has it too. */
export function addYieldingRoute(key: string, handler: Handler): void {
  addRoute(key, handler);
  yielding.add(key);
}

type ReadText = () => Promise<string>;
const readers = new WeakMap<IncomingMessage, ReadText>();

/** Says who reads what was sent: some frameworks want to be asked for it, and fail where somebody else has read it. */
export function readBodyBy(req: IncomingMessage, read: ReadText): void {
  readers.set(req, read);
}

/** The one to ask for what was sent; undefined where the request itself can be read. */
export function bodyReaderOf(req: IncomingMessage): ReadText | undefined {
  return readers.get(req);
}

/** The addresses of the guards. */
export function ownKeys(): readonly string[] {
  return [...handlers.keys()];
}

/** The address of the guards that a request means, if it means one; HEAD counts as GET. `routes` are those of the app. */
export function ownKeyOf(method = '', url = '', routes: readonly string[] = []): string | undefined {
  const [path = ''] = url.split('?');
  const key = `${method === 'HEAD' ? 'GET' : method} ${path}`;
  if (yielding.has(key) && routes.some((route) => route.replace(/^\S+ /, '') === path)) handlers.delete(key);
  if (handlers.has(key)) return key;
  return ownKeys().find((wide) => wide.endsWith('/*') && key.startsWith(wide.slice(0, -1)));
}

/** The last layer: whoever gets here has passed the gate. */
export const ownRoutes: Layer = {
  name: 'ownRoutes',
  before(call) {
    const [key = ''] = call.routes;
    return handlers.get(key)?.(call);
  },
};
