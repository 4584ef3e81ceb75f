import { afterAll, describe, expect, test } from 'vitest';
import { openRule } from '../../src/dialect/access-file.ts';
import type { Kit } from '../../src/dialect/kit.ts';
import { usersNode } from '../support/users-node.ts';
import { fastifyHabits, firstChunk, honoHabits } from './habits.ts';
import { addUser, ask, cleanUp, start, writePrototype, type Stack, type Started } from './prototype.ts';
import { access as everyRoute, email, password, sendForm } from './sign-in.ts';

afterAll(cleanUp);

const servers: Readonly<Record<'fastify' | 'hono', string>> = { fastify: fastifyHabits, hono: honoHabits };
const naked = { 'guardrails/index.mjs': 'export const guard = (app) => app;\n' };
const access: Kit['access'] = {
  ...Object.fromEntries(
    ['GET /auth/me', 'GET /sign-in', 'GET /stream', 'POST /upload', 'ALL /secret', 'GET /fails'].map((key) => [
      key,
      "'user'",
    ]),
  ),
  'GET /livez': openRule('asked for by whatever runs the app'),
};

describe.each(['fastify', 'hono'] as const)('%s', (stack: Stack & keyof typeof servers) => {
  const kit = { prefix: '/guardrails', has: { cors: true } };
  const guarded = writePrototype('habits', stack, 'mjs', access, kit, { 'server.mjs': servers[stack] });
  const before = writePrototype(
    'habits-naked',
    stack,
    'mjs',
    undefined,
    {},
    { 'server.mjs': servers[stack], ...naked },
  );
  let app: Started;
  let old: Started;
  let cookie = '';

  test('starts, and the sign-in page has moved aside', async () => {
    addUser(guarded, usersNode, email, password);
    [app, old] = [await start(guarded, usersNode, { BODY_LIMIT: '900000' }), await start(before, usersNode)];
    expect((await ask(app, 'GET /secret', { accept: 'text/html' })).headers.location).toBe(
      '/guardrails/sign-in?next=%2Fsecret',
    );
    const signedIn = await sendForm(app, '/guardrails/sign-in', { email, password });
    cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect(cookie).toMatch(/^guard-session=/);
  });

  test.each([
    'GET /sign-in',
    'GET /auth/me',
    'GET /livez',
    'HEAD /livez',
    'GET /secret',
    'DELETE /secret',
    'GET /fails',
    'GET /none',
  ])('%s is what it was', async (line) => {
    const headers = { cookie, origin: `http://127.0.0.1:${app.port}` };
    const [now, then] = [await ask(app, line, headers), await ask(old, line)];
    expect([now.status, now.body]).toEqual([then.status, then.body]);
    expect(now.headers['access-control-allow-origin']).toBe('*');
  });

  test('a page elsewhere asks beforehand and is answered by the app; its routes stay closed', async () => {
    const preflight = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' };
    for (const path of ['/secret', '/upload', '/none']) {
      const { status, headers } = await ask(app, `OPTIONS ${path}`, preflight);
      expect([status, headers['access-control-allow-origin']]).toEqual([204, '*']);
    }
    expect((await ask(app, 'OPTIONS /secret')).status).toBe(401);
    expect((await ask(app, 'GET /secret', { origin: preflight.origin })).status).toBe(401);
  });

  test('what is streamed arrives at once, and whoever goes away is noticed', async () => {
    expect((await firstChunk(app, '/stream', { cookie })).text).toMatch(/^data: 1\n/);
    await expect.poll(app.output).toContain('stream closed');
  });

  test('uploads arrive whole, up to the limit', async () => {
    const headers = { cookie, origin: `http://127.0.0.1:${app.port}`, 'content-type': 'application/octet-stream' };
    expect(JSON.parse((await ask(app, 'POST /upload', headers, 'x'.repeat(800_000))).body)).toEqual({ bytes: 800_000 });
    expect(
      (await ask(app, 'POST /upload', { ...headers, 'content-length': '1000000' }, 'x'.repeat(1_000_000))).status,
    ).toBe(413);
  });

  test('stops', async () => {
    await old.stop();
    expect(await app.stop()).toBe(0);
  });
});

describe.each(['express-5', 'fastify', 'hono'] as const)('%s, called by pages elsewhere', (stack) => {
  test('the list holds against what the app says, and lets signed-in people in', async () => {
    const files = stack === 'express-5' ? {} : { 'server.mjs': servers[stack] };
    const every = { ...access, ...everyRoute };
    const prototype = writePrototype('origins', stack, 'mjs', every, { prefix: '/guardrails' }, files);
    addUser(prototype, usersNode, email, password);
    const app = await start(prototype, usersNode, { CORS_ORIGINS: 'http://localhost:5173' });
    const path = stack === 'express-5' ? '/api/notes' : '/secret';
    const signedIn = await sendForm(app, '/guardrails/sign-in', { email, password });
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const vite = {
      origin: 'http://localhost:5173',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-mine',
    };
    expect((await ask(app, `OPTIONS ${path}`, vite)).headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:5173',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'x-mine',
    });
    const { headers } = await ask(app, `GET ${path}`, { cookie, origin: 'http://localhost:5173' });
    expect(headers['access-control-allow-origin']).toBe('http://localhost:5173');
    const evil = await ask(app, `GET ${path}`, { cookie, origin: 'https://evil.example' });
    expect([evil.status, evil.headers['access-control-allow-origin']]).toEqual([200, undefined]);
    expect((await ask(app, `OPTIONS ${path}`, { ...vite, origin: 'https://evil.example' })).status).toBe(403);
    await app.stop();
  });
});

test('nobody is locked out by an address of the app that nobody has seen', async () => {
  const prototype = writePrototype('unseen', 'hono', 'mjs', access, {}, { 'server.mjs': honoHabits });
  addUser(prototype, usersNode, email, password);
  const app = await start(prototype, usersNode);
  expect((await ask(app, 'GET /sign-in')).body).toContain('<form method="post" action="/sign-in">');
  expect((await sendForm(app, '/sign-in', { email, password })).status).toBe(303);
  expect((await ask(app, 'GET /livez')).body).toBe('{"mine":true}');
  await app.stop();
});
