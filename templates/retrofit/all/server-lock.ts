// No web server of this program answers a request that has not been through the gate: not even one that is started beside the app.
import { Server, STATUS_CODES, ServerResponse, type IncomingMessage } from 'node:http';
import { Server as SecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { runInCall, type Answer, type Call } from './call.ts';
import { openCall, send } from './passage.ts';

/** Who decides: the gate. */
export interface Admission {
  mayAnswer(req: IncomingMessage): boolean;
  /** Judges a connection that stops being plain requests and answers (WebSocket). */
  admit(call: Call): Answer | undefined | Promise<Answer | undefined>;
  /** The entry of the access table for what answers beside the app, such as 'USE /socket.io'; undefined for everything else. */
  outsideKey(path: string): string | undefined;
  /** The entries for a connection, such as 'UPGRADE /rooms/:id'. */
  upgradeKeys(path: string): readonly string[];
}

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/** Kept on the class of all servers: test runners load these files anew for each test, and the newest copy decides. */
interface Locked {
  [place]?: { readonly admission: Admission; readonly checks: Set<() => void> };
  emit: Emit;
  listen: (...args: unknown[]) => Server;
}

const place: unique symbol = Symbol.for('guardrails.server-lock');
const checks = new Set<() => void>();

/** Runs a check whenever a server begins to listen; an error keeps it from listening. */
export function beforeListening(check: () => void): void {
  checks.add(check);
}

/** Locks all servers of this program, also those that are made later. */
export function lockServers(admission: Admission): void {
  for (const { prototype } of [Server, SecureServer]) {
    const locked = prototype as unknown as Locked;
    const isFirst = !Object.hasOwn(locked, place);
    locked[place] = { admission, checks };
    if (isFirst) Object.assign(locked, lockOn(locked));
  }
}

function lockOn(prototype: Locked): Pick<Locked, 'emit' | 'listen'> {
  const { emit, listen } = prototype;
  return {
    emit(this: Server, event: string | symbol, ...args: unknown[]): boolean {
      const go = (): boolean => Reflect.apply(emit, this, [event, ...args]);
      const { admission } = prototype[place]!;
      const [req, door] = args as [IncomingMessage, ServerResponse | Duplex];
      if (event === 'upgrade' || event === 'connect') return admitConnection(admission, req, door as Duplex, go);
      if (!(door instanceof ServerResponse)) return go();
      lockResponse(admission, req, door);
      const key = admission.outsideKey(pathOf(req));
      return key === undefined ? go() : admitRequest(admission, openCall(req, door, [key]), go);
    },
    listen(this: Server, ...args: unknown[]): Server {
      const { checks: all } = prototype[place]!;
      for (const check of Array.from(all)) runOnce(check, all);
      return Reflect.apply(listen, this, args);
    },
  };
}

/** A check that has failed is not asked again: it has stopped the program, or the test that wanted to see it. */
function runOnce(check: () => void, all: Set<() => void>): void {
  all.delete(check);
  check();
  all.add(check);
}

/** Whatever sends an answer must have been through the gate by then; if not, 503 goes out instead, and nothing else. */
function lockResponse({ mayAnswer }: Admission, req: IncomingMessage, res: ServerResponse): void {
  let refused = false;
  for (const name of ['writeHead', 'write', 'end', 'flushHeaders'] as const) {
    const original = res[name] as (...args: unknown[]) => unknown;
    const locked = (...args: unknown[]): unknown => {
      if (refused) return name === 'write' || res;
      if (mayAnswer(req)) return Reflect.apply(original, res, args);
      refused = true;
      return refuse(res);
    };
    Object.defineProperty(res, name, { value: locked, configurable: true, writable: true });
  }
}

function refuse(res: ServerResponse): ServerResponse {
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  const text = JSON.stringify({ type: 'about:blank', title: 'This server is not behind the gate', status: 503 });
  const headers = { 'content-type': 'application/problem+json', 'content-length': text.length, connection: 'close' };
  ServerResponse.prototype.writeHead.call(res, 503, headers);
  return ServerResponse.prototype.end.call(res, text, 'utf8');
}

/** What answers beside the app has no gate of its own: it is asked for here. */
function admitRequest({ admit }: Admission, call: Call, go: () => boolean): boolean {
  void runInCall(call, async () => admit(call)).then(
    (answer) => (answer ? send(call.res, answer) : runInCall(call, go)),
    () => refuse(call.res),
  );
  return true;
}

/** A connection that stays open is let in, or refused before anything of the app hears of it. */
function admitConnection(
  { admit, upgradeKeys }: Admission,
  req: IncomingMessage,
  socket: Duplex,
  go: () => boolean,
): boolean {
  const call = openCall(req, new ServerResponse(req), upgradeKeys(pathOf(req)));
  const refuseWith = (status: number) =>
    void socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  socket.once('error', () => socket.destroy());
  void runInCall(call, async () => admit(call)).then(
    (answer) => (answer ? refuseWith(answer.status) : runInCall(call, go)),
    () => refuseWith(503),
  );
  return true;
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}
