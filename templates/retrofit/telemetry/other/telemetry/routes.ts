// Tells which route a request was for. This app chooses by itself who answers a request: it has no patterns that could be named.
import type { IncomingMessage } from 'node:http';

/** There is nothing to watch. */
export function watchRoutes(): void {}

/** Write here what leads from a request to its pattern, such as `/teams/:team`; never the address itself. */
export function routeOf(_req: IncomingMessage): string | undefined {
  return undefined;
}
