// Runs inside a folder with the frame of one framework: asks an odd app many things, and prints what the frame saw of each.
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { currentCall, type Answer, type Call } from './guardrails/call.ts';
import { addRoute, install, listen, listRoutes, onError, type App } from './guardrails/framework.ts';
import { makeApp } from './odd-app.ts';

/** What an odd app calls right after it is made. */
export type Guard = (app: App) => void;

const seen = new Map<string, Call>();
const locks: string[] = [];
let entered = false;

/** What a limiter of bodies throws. */
export function refuseLarge(): never {
  throw Object.assign(new Error('too large'), { status: 413 });
}

function toAnswer(error: unknown): Answer {
  const { status, statusCode, message } = error as { status?: number; statusCode?: number; message: string };
  return { status: status ?? statusCode ?? 500, body: { message, sameCall: currentCall() !== undefined } };
}

const app = makeApp((made) => {
  const record = {
    name: 'record',
    enter: <T>(call: Call, run: () => T): T => (seen.set('call', call), run()),
    before: (call: Call) => {
      if (call.req.headers['x-fail']) throw new Error('a layer fails');
      return call.req.headers['x-stop'] ? { status: 429, body: { title: 'stopped' } } : undefined;
    },
  };
  const after = { name: 'after', before: () => ((entered = true), undefined) };
  install(made, [record, after], (call, key) => {
    locks.push(key);
    return call.req.headers['x-lock'] ? { status: 403, body: { title: 'locked' } } : undefined;
  });
  onError(made, toAnswer);
  addRoute(made, 'POST', '/echo', async ({ req }) => ({ status: 200, body: await text(req) }));
  addRoute(made, 'GET', '/raw', ({ res }) => void res.writeHead(202, { 'content-type': 'text/plain' }).end('raw'));
});
const server = await listen(app, { port: 0, host: '127.0.0.1' });
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function ask(line: string): Promise<object> {
  const [, method = '', path = '', options = ''] = /^(\w+) (\S+) ?(.*)$/.exec(line) ?? [];
  const { body, ...headers } = JSON.parse(options || '{}') as Record<string, string>;
  locks.length = 0;
  entered = false;
  seen.clear();
  const response = await fetch(`${url}${path}`, { method, headers, body: body ?? null });
  const noticed = { status: response.status, text: await response.text(), locks: [...locks], entered };
  const call = seen.get('call');
  return call ? { ...noticed, routes: call.routes, text: noticed.text.replace(call.id, 'the same call') } : noticed;
}

const answers: Record<string, object> = {};
for (const line of process.argv.slice(2)) answers[line] = await ask(line);
console.log(JSON.stringify({ routes: listRoutes(app), answers }));
process.exit(0);
