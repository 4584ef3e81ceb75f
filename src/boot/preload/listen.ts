import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { controlHeader, type ServerKind } from '../protocol.ts';
import { liveRoutes } from './live-routes.ts';
import { settings, tell } from './settings.ts';

/** Whatever port, address or socket a server asks for, it gets a free port on the loopback address. */
export function listenOnLoopback(): void {
  const listen = net.Server.prototype.listen as (this: net.Server, ...words: unknown[]) => net.Server;
  net.Server.prototype.listen = function (this: net.Server, ...words: unknown[]): net.Server {
    const callback = words.findLast((word) => typeof word === 'function');
    this.once('listening', () => {
      const address = this.address();
      if (address === null || typeof address === 'string') return;
      tell({ event: 'listening', pid: process.pid, wanted: portIn(words), port: address.port, kind: kindOf(this) });
    });
    return listen.apply(this, [{ port: 0, host: '127.0.0.1' }, ...(callback ? [callback] : [])]);
  } as typeof net.Server.prototype.listen;
}

/** Answers our own question for the routes before the app sees it. */
export function answerControl(): void {
  for (const { Server } of [http, https]) {
    const emit = Server.prototype.emit as (this: net.Server, name: string, ...words: unknown[]) => boolean;
    Server.prototype.emit = function (this: net.Server, name: string, ...words: unknown[]): boolean {
      if (name !== 'request') return emit.call(this, name, ...words);
      const [request, response] = words as [IncomingMessage, ServerResponse];
      if (request.headers[controlHeader] !== settings.token) return emit.call(this, name, ...words);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(liveRoutes()));
      return true;
    } as typeof Server.prototype.emit;
  }
}

function portIn(words: readonly unknown[]): number | undefined {
  const [first] = words;
  const port = typeof first === 'object' && first !== null ? (first as { port?: unknown }).port : first;
  return port === undefined || Number.isNaN(Number(port)) ? undefined : Number(port);
}

function kindOf(server: net.Server): ServerKind {
  if (server instanceof https.Server) return 'https';
  return server instanceof http.Server ? 'http' : 'other';
}
