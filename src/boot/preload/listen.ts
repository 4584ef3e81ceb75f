import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { ServerKind } from '../protocol.ts';
import { liveRoutes } from './live-routes.ts';
import { settings, tell } from './settings.ts';

/** Whatever port, address or socket a server asks for, it gets a free port on the loopback address. */
export function listenOnLoopback(): void {
  const listen = net.Server.prototype.listen as (this: net.Server, ...words: unknown[]) => net.Server;
  net.Server.prototype.listen = function (this: net.Server, ...words: unknown[]): net.Server {
    const callback = words.findLast((word) => typeof word === 'function');
    const tellPort = (): void => {
      const address = this.address();
      if (address === null || typeof address === 'string') return;
      tell({ event: 'listening', pid: process.pid, wanted: portIn(words), port: address.port, kind: kindOf(this) });
    };
    const result = atOnce(() => listen.apply(this, [{ port: 0, host: '127.0.0.1' }, ...(callback ? [callback] : [])]));
    // Whoever knows the port may call it in the next line, and that is allowed only where it has been told.
    if (this.address() === null) this.once('listening', tellPort);
    else tellPort();
    return result;
  } as typeof net.Server.prototype.listen;
}

/**
 * An address that is given is looked up first, which takes a turn. Without one a server knows its port as soon as `listen` returns, and there is
 * code that counts on it, such as supertest: so this one address is known at once.
 */
function atOnce<Result>(work: () => Result): Result {
  const { lookup } = dns;
  dns.lookup = ((host: string, ...words: unknown[]): unknown => {
    const answer = words.at(-1);
    if (host !== '127.0.0.1' || typeof answer !== 'function')
      return (lookup as (...all: unknown[]) => unknown)(host, ...words);
    return (answer as (error: null, address: string, family: number) => unknown)(null, host, 4);
  }) as typeof dns.lookup;
  try {
    return work();
  } finally {
    dns.lookup = lookup;
  }
}

/**
 * Tells the routes to whoever knows the token, on a port of its own: not over HTTP, because a guard of the app may stand before every
 * request. It does not keep the process alive.
 */
export function answerControl(): void {
  const control = net.createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (data) =>
      data.toString() === settings.token ? socket.end(JSON.stringify(liveRoutes())) : socket.destroy(),
    );
  });
  control.listen({ port: 0, host: '127.0.0.1' }, () => {
    const address = control.address();
    if (typeof address === 'object' && address) tell({ event: 'control', pid: process.pid, port: address.port });
  });
  control.unref();
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
