import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { reachedStatus, stopHeader } from '../protocol.ts';
import { liveRoutes } from './live-routes.ts';
import { settings } from './settings.ts';

type Emit = (this: http.Server, event: string | symbol, ...words: unknown[]) => boolean;

/** A server without a framework has one function for everything: our own request ends before it. */
export function watchNodeServers(): void {
  const { prototype } = http.Server as unknown as { prototype: { emit: Emit } };
  const { emit } = prototype;
  prototype.emit = function (event, ...words) {
    const [request, response] = words as [IncomingMessage, ServerResponse];
    if (event !== 'request' || request.headers[stopHeader] !== settings.token || liveRoutes().length > 0)
      return emit.call(this, event, ...words);
    response.statusCode = reachedStatus;
    response.end();
    return true;
  };
}
