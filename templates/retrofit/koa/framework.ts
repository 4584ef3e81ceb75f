// Joins the guards to Koa: they come before everything else in the app, and once more in front of the routes of its routers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, Call, Layer } from './call.ts';
import { toAnswer } from './errors.ts';
import { matchingKeys, registeredKeys, type Router } from './koa-routers.ts';
import { ownKeyOf, ownKeys } from './own-routes.ts';
import { callOf, openCall, passLayers, resume, send } from './passage.ts';
import { tableFolders, tableKeys } from './table-keys.ts';

/** What Koa hands to each function: the request, and what becomes of it. */
interface Context {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly routerPath?: string;
  respond?: boolean;
  onerror: (error: unknown) => unknown;
}

type Middleware = ((context: Context, next: () => Promise<unknown>) => unknown) & { readonly router?: Router };

/** A Koa app, of version 2 or 3. */
export interface App {
  readonly middleware: Middleware[];
  use: (middleware: Middleware) => unknown;
}

/** Looks at one request in front of one route; an answer ends it. */
export type Lock = (call: Call, key: string) => Answer | undefined;

const routers = new WeakMap<App, Set<Router>>();

/** Puts the layers in front of the app, whatever is there already, and the lock in front of each of its routers. */
export function install(app: App, layers: readonly Layer[], lock: Lock): void {
  if (routers.has(app)) throw new Error('guard(app) must come once');
  const known = new Set<Router>();
  routers.set(app, known);
  const { middleware, use } = app;
  app.use = (added) => {
    const result = Reflect.apply(use, app, [added]) as unknown;
    lockLast(middleware, known, lock);
    return result;
  };
  for (const each of middleware.splice(0)) app.use(each);
  middleware.unshift((context, next) => lead(context, next, known, layers));
}

async function lead(
  context: Context,
  next: () => Promise<unknown>,
  known: ReadonlySet<Router>,
  layers: readonly Layer[],
): Promise<unknown> {
  const { req, res } = context;
  const keys = keysOf(context, known);
  const own = ownKeyOf(req.method, req.url, keys);
  const call = openCall(req, res, own === undefined ? keys : [own]);
  const answer = await passLayers(call, layers).catch(toAnswer);
  if (answer) return reply(context, answer);
  keepHeaders(context);
  return resume(call, next);
}

/** Routes first, then what else the app may have for the address. The table knows routes of routers that are hidden in other functions. */
function keysOf({ method, path, req }: Context, known: ReadonlySet<Router>): string[] {
  const found = [...known].flatMap((router) => matchingKeys(router, method, path));
  const listed = new Set([...[...known].flatMap(registeredKeys), ...ownKeys()]);
  const hidden = tableKeys(method, req.url ?? '').filter((key) => !listed.has(key));
  return [...new Set([...found, ...hidden, ...foldersAbove(path), 'USE /'])];
}

/** Folders of the table that an address lies in. Where one has no such file, the request goes on to routes with rules of their own. */
function foldersAbove(path: string): string[] {
  const isPlain = /^[\w\-~@+,=./]+$/.test(path) && !/\/\/|\/\.{1,2}(?:\/|$)/.test(path);
  return isPlain ? tableFolders().filter((key) => path.startsWith(`${key.slice(4).replace(/\/$/, '')}/`)) : [];
}

function lockLast(middleware: Middleware[], known: Set<Router>, lock: Lock): void {
  const run = middleware.at(-1);
  if (!run?.router) return;
  const { router } = run;
  known.add(router);
  const locked: Middleware = (context, next) => {
    const call = callOf(context.req);
    const keys = matchingKeys(router, context.method, context.routerPath ?? context.path);
    const answer = call && keys.map((key) => lock(call, key)).find(Boolean);
    return answer ? reply(context, answer) : run(context, next);
  };
  middleware.splice(-1, 1, Object.assign(locked, run));
}

/** Koa takes all headers away from the answer to what failed: those of the guards are put back. */
function keepHeaders(context: Context): void {
  const headers = context.res.getHeaders();
  const { onerror } = context;
  context.onerror = (error) => {
    if (error instanceof Error && Object.isExtensible(error))
      Object.assign(error, { headers: { ...headers, ...(error as { headers?: object }).headers } });
    return Reflect.apply(onerror, context, [error]);
  };
}

function reply(context: Context, answer: Answer): void {
  context.respond = false;
  send(context.res, answer);
}

/** The registered routes, such as 'GET /expenses/:id', with the prefix they are mounted under; 'USE /files' for a folder that the table names. */
export function listRoutes(app: App): readonly string[] {
  return [...new Set([...(routers.get(app) ?? [])].flatMap(registeredKeys)), ...tableFolders()];
}
