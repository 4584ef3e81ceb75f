// Shows that a server beside the app, or a WebSocket that nobody has listed, gets no answer past the gate.
import { once } from 'node:events';
import { createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { standsOutside } from '../../src/guardrails/server-lock.ts';
import { signedIn, startApp } from '../support.ts';

vi.mock('../../src/guardrails/access.ts', async (original) => {
  const { access } = await original<typeof import('../../src/guardrails/access.ts')>();
  return { access: { ...access, 'UPGRADE /live': 'user' } };
});

const app = await startApp();
const servers: Server[] = [];

afterEach(() => servers.splice(0).forEach((server) => server.close()));
afterAll(() => app.stop());

async function startServer(server: Server): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each<[string, RequestListener]>([
  ['at once', (_req, res) => void res.end('secret')],
  ['with a header', (_req, res) => void res.writeHead(200, { 'x-secret': 'secret' }).end('secret')],
  ['in pieces', (_req, res) => void (res.write('sec'), res.end('ret'))],
  ['with headers first', (_req, res) => void (res.flushHeaders(), setTimeout(() => res.end('secret'), 5))],
])('a second server that answers %s is refused', async (_how, listener) => {
  const response = await fetch(await startServer(createServer(listener)));
  expect(response.status).toBe(503);
  expect(`${await response.text()}${[...response.headers.values()].join()}`).not.toContain('secret');
});

test('a server that stands in for another service is left alone, and only tests have such servers', async () => {
  const response = await fetch(await startServer(standsOutside(createServer((_req, res) => void res.end('hello')))));
  expect(await response.text()).toBe('hello');

  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const users = sources.filter((path) => readFileSync(`src/${path}`, 'utf8').includes('standsOutside'));
  expect(users).toEqual([expect.stringMatching(/^guardrails.server-lock\.ts$/)]);
});

/** Asks for a WebSocket and gives the status; 101 when the connection is made. */
async function connect(path: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const server = createServer();
  server.on('upgrade', (_req, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  const url = await startServer(server);
  const asking = request(`${url}${path}`, {
    headers: { ...headers, connection: 'upgrade', upgrade: 'websocket' },
  }).end();
  return new Promise((resolve, reject) => {
    asking.once('response', (response) => resolve(response.statusCode));
    asking.once('upgrade', (response) => resolve(response.statusCode));
    asking.once('error', reject);
  });
}

test('a WebSocket needs an entry in the access table and somebody who may use it', async () => {
  const { headers } = await signedIn();
  expect(await connect('/chat')).toBe(401);
  expect(await connect('/chat', headers)).toBe(403);
  expect(await connect('/live')).toBe(401);
  expect(await connect('/live?from=start', headers)).toBe(101);
  expect(await connect('/live', { ...headers, cookie: 'session=any', origin: 'https://evil.example' })).toBe(403);
});
