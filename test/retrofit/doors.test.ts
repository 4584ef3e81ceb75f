import { readFileSync } from 'node:fs';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ask, cleanUp, start, type Started } from '../dialect/prototype.ts';
import { usersNode } from '../support/users-node.ts';
import { cases, invite, removeGuarded, signIn, tokenOf, writeGuarded } from './guarded.ts';

afterAll(() => {
  cleanUp();
  removeGuarded();
});

const rooms = {
  'GET /': "'user'",
  'UPGRADE /live': "'user'",
  'UPGRADE /rooms/:room': "'user'",
  'UPGRADE /rooms/admin': "anyOf('admin')",
};
const help = "open('people ask for help before they sign in')";
const tables = {
  express: {
    ...rooms,
    'USE /socket.io': "'user'",
    'UPGRADE /socket.io': "'user'",
    'USE /support': help,
    'UPGRADE /support': help,
    'UPGRADE /ticker': "'user'",
  },
  fastify: { ...rooms, 'GET /live': "'user'", 'GET /rooms/:room': "'user'" },
  hono: { ...rooms, 'GET /live': "'user'", 'GET /rooms/:room': "'user'" },
};

const email = 'anna@example.com';

/** Hono has sockets in two ways: a package for Node.js, and since 2.0 its Node.js server itself. */
const all = cases.flatMap((each) => [
  { ...each, file: each.framework, name: each.stack },
  ...(each.stack === 'hono' ? [{ ...each, file: 'hono-own', name: 'hono, its own way' }] : []),
]);

describe.each(all)('$name, $dialect', (each) => {
  const { framework } = each;
  const kit = { parts: new Set(['auth', 'logs', 'security'] as const), access: tables[framework] };
  const server = readFileSync(`test/retrofit/doors/${each.file}.js`, 'utf8');
  const prototype = writeGuarded({ ...each, name: `doors-${each.file}`, kit, server });
  let app: Started;
  let session: { readonly cookie: string; readonly origin: string };

  beforeAll(async () => {
    invite(prototype, email);
    app = await start(prototype, usersNode);
    session = await signIn(app, email);
  });
  afterAll(() => app.stop());

  test('a stranger is refused at the handshake', async () => {
    expect(await open(app.port, '/live')).toBe('401');
    expect(await open(app.port, '/rooms/7')).toBe('401');
    expect(await open(app.port, '/not-there')).toBe('401');
    expect(await open(app.port, '/live', { ...session, cookie: 'guard-session=made.up' })).toBe('401');
    expect(await open(app.port, '/live', { authorization: 'Bearer made.up' })).toBe('401');
    expect(await open(app.port, '/live', { accept: 'text/html,*/*' })).toBe('401');
  });

  test('who is signed in comes in, and the app knows who it is', async () => {
    expect(await open(app.port, '/live', session)).toBe(email);
    expect(await open(app.port, '/rooms/7', session)).toBe(email);
    expect(await open(app.port, '/live', session, 'hello')).toBe('heard hello');
    expect(await open(app.port, '/live', { authorization: `Bearer ${await tokenOf(app, email)}` })).toBe(email);
  });

  test('a page of another web site opens nothing in the name of whoever is signed in', async () => {
    expect(await open(app.port, '/live', { ...session, origin: 'https://evil.example' })).toBe('403');
    expect(await open(app.port, '/live', { ...session, origin: 'null' })).toBe('403');
    expect(await open(app.port, '/live', { cookie: session.cookie })).toBe('403');
  });

  test('the strictest of the entries that fit holds, however the address is written', async () => {
    expect(await open(app.port, '/rooms/admin', session)).toBe('403');
    expect(await open(app.port, '/rooms/%61dmin', session)).toBe('403');
    expect(await open(app.port, '/rooms/admin/', session)).toBe('403');
    expect(await open(app.port, '/nothing/of/this', session)).toBe('403');
    await expect.poll(app.output).toContain("Add: 'UPGRADE /nothing/of/this': 'user',");
  });

  test('plain requests are as they were', async () => {
    expect((await ask(app, 'GET /', session)).body).toBe('the page');
    expect((await ask(app, 'GET /')).status).toBe(401);
  });

  describe.runIf(framework === 'express')('socket.io', () => {
    test.each(['polling', 'websocket'])('by %s: strangers stay out, the signed-in are known', async (transport) => {
      expect(await greeting(app.port, transport)).toMatch(/error/);
      expect(await greeting(app.port, transport, { ...session, origin: 'https://evil.example' })).toMatch(/error/);
      expect(await greeting(app.port, transport, session)).toBe(email);
      expect(await greeting(app.port, transport, {}, '/support')).toBe('support');
    });

    test('polling first and a socket then, as every client does it', async () => {
      expect(await greeting(app.port, 'polling,websocket', session)).toBe(email);
    });

    test('a server of its own beside the app is guarded too', async () => {
      const port = Number(/ticker on (\d+)/.exec(app.output())?.[1]);
      expect(await open(port, '/ticker')).toBe('401');
      expect(await open(port, '/ticker', { ...session, origin: `http://127.0.0.1:${port}` })).toBe('tick');
    });
  });

  test('report mode refuses nobody, and says whom it would have refused', async () => {
    const watching = await start(prototype, usersNode, { AUTH_MODE: 'report' });
    expect(await open(watching.port, '/live')).toBe('a stranger');
    await expect.poll(watching.output).toContain('"would_answer":401');
    await watching.stop();
  });
});

/** The first message of a socket, or the answer to what is said there; else the status with which it is refused. */
function open(port: number, path: string, headers: Record<string, string> = {}, say?: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    const heard: string[] = [];
    const done = (text: string): void => {
      resolve(text);
      socket.terminate();
    };
    if (say !== undefined) socket.on('open', () => socket.send(say));
    socket.on('message', (text: Buffer) => {
      heard.push(text.toString('utf8'));
      if (say === undefined || heard.length === 2) done(heard.at(-1) ?? '');
    });
    socket.on('unexpected-response', (_request, response) => done(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });
}

/** What a client of socket.io hears first. */
function greeting(
  port: number,
  transports: string,
  extraHeaders: Record<string, string> = {},
  path = '/socket.io',
): Promise<string> {
  return new Promise((resolve) => {
    const options = { path, extraHeaders, transports: transports.split(','), reconnection: false, forceNew: true };
    const socket = io(`http://127.0.0.1:${port}`, options);
    const done = (text: string): void => {
      resolve(text);
      socket.disconnect();
    };
    socket.on('you', done);
    socket.on('connect_error', (error) => done(`error: ${error.message}`));
  });
}
