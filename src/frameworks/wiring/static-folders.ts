import { externalPath, type Value } from '../../code/run/values.ts';

/** Handlers that serve a folder as files, by the way to them; the folder is the first argument or its `root`. */
const serving =
  /^(?:express\.static|serve-static|express-static-gzip|sirv|koa-static|koa-static-server|koa-static-cache|(?:@hono\/node-server\/serve-static|hono\/(?:bun|deno|cloudflare-workers|serve-static))\.serveStatic)\(\)$/;

/** The folder that a handler serves as files; undefined for any other handler. */
export function staticFolderOf(handler: Value): { readonly root: Value | undefined } | undefined {
  if (handler.kind !== 'external' || !serving.test(externalPath(handler))) return undefined;
  const last = handler.steps.at(-1);
  const [first] = last && 'call' in last ? last.call : [];
  if (first?.kind !== 'record') return { root: first };
  return { root: first.entries.get('root') ?? first.entries.get('rootDir') ?? first.entries.get('path') };
}
