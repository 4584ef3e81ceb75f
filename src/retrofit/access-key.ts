import type { Route, Server } from '../frameworks/server.ts';

/** The name under which the access table knows a route. */
export function accessKeyOf({ framework }: Pick<Server, 'framework'>, { method, path }: Route): string {
  // Express writes a pattern after the prefix it is mounted under. A path begins with a word, and may have patterns in it: '/users/:id(\\d+)/'.
  const isPattern = /^\/[^\w:-].*\/[dgimsuy]*$/.test(path) && /[\\^$|()[\]+]/.test(path);
  const shown =
    framework !== 'express' && framework !== 'koa' ? path : isPattern ? ` ${path}` : path.replace(/(.)\/$/, '$1');
  return `${method === 'HEAD' ? 'GET' : method} ${shown}`;
}
