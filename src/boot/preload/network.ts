import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { resolve, sep } from 'node:path';
import { ownPorts, settings, tell } from './settings.ts';

type Connect = (this: net.Socket, ...words: unknown[]) => net.Socket;
interface Destination {
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string | undefined;
}

const told = new Set<string>();

/** Lets this process call itself and its siblings, and nobody else. */
export function refuseOutgoing(): void {
  const connect = net.Socket.prototype.connect as Connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...words: unknown[]): net.Socket {
    const destination = destinationOf(words);
    const port = allowedPort(destination);
    if (port === 'refused') return refuse(this, destination);
    return port === destination.port ? connect.apply(this, words) : connect.apply(this, redirected(words, port));
  } as typeof net.Socket.prototype.connect;

  dgram.Socket.prototype.send = function (this: dgram.Socket, ...words: unknown[]): void {
    note('udp', undefined);
    const last = words.at(-1);
    if (typeof last === 'function') process.nextTick(last, refusal('udp', undefined));
  } as typeof dgram.Socket.prototype.send;
  for (const resolver of [dns, dns.Resolver.prototype]) refuseNames(resolver, false);
  for (const resolver of [dns.promises, dns.promises.Resolver.prototype]) refuseNames(resolver, true);
}

/** `resolve`, `resolveSrv` and their like ask a name server over a connection that is not a socket of ours. */
function refuseNames(resolver: object, promised: boolean): void {
  const methods = resolver as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(resolver)) {
    if (!/^(?:resolve|reverse|query)/.test(name) || typeof methods[name] !== 'function') continue;
    methods[name] = (host: string, ...words: unknown[]): unknown => {
      note(String(host), undefined);
      if (promised) return Promise.reject(refusal(String(host), undefined));
      const last = words.at(-1);
      if (typeof last === 'function') process.nextTick(last, refusal(String(host), undefined));
      return undefined;
    };
  }
}

function destinationOf(words: readonly unknown[]): Destination {
  const [first, second] = Array.isArray(words[0]) ? (words[0] as unknown[]) : words;
  if (typeof first === 'object' && first !== null) {
    const { host, port, path } = first as { host?: string; port?: number | string; path?: string };
    return {
      host: host ?? 'localhost',
      port: port === undefined ? undefined : Number(port),
      path: port === undefined ? path : undefined,
    };
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { host: '', port: undefined, path: first };
  return { host: typeof second === 'string' ? second : 'localhost', port: Number(first), path: undefined };
}

/** The port to call instead of the wanted one, or `refused`. */
function allowedPort({ host, port, path }: Destination): number | undefined | 'refused' {
  if (path !== undefined) return resolve(path).startsWith(`${settings.folder}${sep}`) ? port : 'refused';
  if (port === undefined || !/^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\]|0\.0\.0\.0|::)$/.test(host))
    return 'refused';
  if (settings.allowedPorts.includes(port)) return port;
  const own = ownPorts();
  return own.get(port) ?? ([...own.values()].includes(port) ? port : 'refused');
}

function redirected(words: unknown[], port: number | undefined): unknown[] {
  const callback =
    words.find((word) => typeof word === 'function') ?? (Array.isArray(words[0]) ? words[0][1] : undefined);
  const first: unknown = Array.isArray(words[0]) ? words[0][0] : words[0];
  const options = typeof first === 'object' ? { ...first, port, host: '127.0.0.1' } : { port, host: '127.0.0.1' };
  return typeof callback === 'function' ? [options, callback] : [options];
}

function refuse(socket: net.Socket, { host, port, path }: Destination): net.Socket {
  note(path ?? host, port);
  process.nextTick(() => socket.destroy(refusal(path ?? host, port)));
  return socket;
}

function note(host: string, port: number | undefined): void {
  if (told.has(`${host}:${port}`)) return;
  told.add(`${host}:${port}`);
  tell({ event: 'refused', host, port });
}

function refusal(host: string, port: number | undefined): Error {
  const error = new Error(`connect ECONNREFUSED ${host}:${port ?? ''} (outgoing calls are refused in this copy)`);
  return Object.assign(error, { code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: host, port });
}
