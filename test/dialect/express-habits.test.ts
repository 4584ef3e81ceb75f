import { afterAll, describe, expect, test } from 'vitest';
import type { Kit } from '../../src/dialect/kit.ts';
import { openRule } from '../../src/dialect/access-file.ts';
import { usersNode } from '../support/users-node.ts';
import { expressHabits, firstChunk } from './habits.ts';
import { addUser, ask, cleanUp, start, writePrototype, type Stack, type Started } from './prototype.ts';
import { email, password, sendForm } from './sign-in.ts';

afterAll(cleanUp);

const naked = { 'guardrails/index.cjs': 'exports.guard = (app) => app;\n' };
const health = openRule('asked for by whatever runs the app');
const access: Kit['access'] = {
  ...Object.fromEntries(
    [
      'GET /auth/me',
      'GET /sign-in',
      'POST /sign-in',
      'GET /views',
      'GET /stream',
      'POST /upload',
      'ALL /secret',
      'OPTIONS /asked',
      'USE /proxy',
    ]
      .concat('GET /fails', 'GET /fails-early')
      .map((key) => [key, "'user'"]),
  ),
  'GET /livez': health,
  'ALL /readyz': health,
};

describe.each<Stack>(['express-4', 'express-5'])('%s', (stack) => {
  const guarded = writePrototype(
    'habits',
    stack,
    'cjs',
    access,
    { prefix: '/guardrails', has: { headers: true, rateLimit: true, cors: true } },
    { 'server.cjs': expressHabits },
  );
  const before = writePrototype('habits-naked', stack, 'cjs', undefined, {}, { 'server.cjs': expressHabits, ...naked });
  let app: Started;
  let old: Started;
  let cookie = '';

  test('starts, and the sign-in page has moved aside', async () => {
    addUser(guarded, usersNode, email, password);
    [app, old] = [await start(guarded, usersNode, { BODY_LIMIT: '2000000' }), await start(before, usersNode)];
    expect((await ask(app, 'GET /views', { accept: 'text/html' })).headers.location).toBe(
      '/guardrails/sign-in?next=%2Fviews',
    );
    const signedIn = await sendForm(app, '/guardrails/sign-in', { email, password });
    cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect(cookie).toMatch(/^guard-session=/);
  });

  test.each([
    'GET /sign-in',
    'GET /auth/me',
    'GET /livez',
    'GET /readyz',
    'HEAD /livez',
    'POST /readyz',
    'GET /views',
    'HEAD /views',
    'ALL /secret',
    'GET /fails-early',
    'GET /proxy/x',
    'GET /none',
  ])('%s is what it was', async (line) => {
    const asked = line.replace('ALL', 'GET');
    const [now, then] = [
      await ask(app, asked, { cookie, origin: `http://127.0.0.1:${app.port}` }),
      await ask(old, asked),
    ];
    expect([now.status, now.body, now.headers['content-security-policy']]).toEqual([
      then.status,
      then.body,
      then.headers['content-security-policy'],
    ]);
    expect(now.headers['access-control-allow-origin']).toBe('*');
    expect([now.headers['ratelimit'], now.headers['x-ratelimit-limit']]).toEqual([undefined, '100']);
  });

  test.runIf(stack === 'express-5')('errors that come late reach the error handler of the app', async () => {
    expect(await ask(app, 'GET /fails', { cookie })).toMatchObject({ status: 418, body: '{"handled":"mine"}' });
  });

  test('open routes of the app are open, with what the app sends along', async () => {
    expect(await ask(app, 'GET /livez')).toMatchObject({ status: 200, body: '{"mine":true}' });
    expect(await ask(app, 'GET /readyz')).toMatchObject({ status: 200, body: '{"mine":true}' });
  });

  test('the session of the app and the session of the guards live side by side', async () => {
    const first = await ask(app, 'GET /views', { cookie });
    const sid = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const second = await ask(app, 'GET /views', { cookie: `${sid}; ${cookie}`, 'x-forwarded-for': '203.0.113.9' });
    expect(JSON.parse(second.body)).toEqual({ views: 2, ip: '203.0.113.9' });
  });

  test('a page elsewhere asks beforehand and is answered by the app; its routes stay closed', async () => {
    const preflight = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' };
    for (const path of ['/views', '/secret', '/upload', '/none', '/asked'])
      expect([path, comparable(await ask(app, `OPTIONS ${path}`, preflight))]).toEqual([
        path,
        comparable(await ask(old, `OPTIONS ${path}`, preflight)),
      ]);
    expect((await ask(app, 'OPTIONS /proxy/x', preflight)).status).toBe(401);
    expect((await ask(app, 'OPTIONS /secret')).status).toBe(401);
    expect((await ask(app, 'OPTIONS /asked')).status).toBe(401);
    expect((await ask(app, 'OPTIONS /secret', { ...preflight, 'content-length': '2' }, '{}')).status).toBe(401);
    expect((await ask(app, 'GET /secret', { origin: preflight.origin })).status).toBe(401);
  });

  test('what is streamed arrives at once, and whoever goes away is noticed', async () => {
    const first = await firstChunk(app, '/stream', { cookie });
    expect(first).toEqual({ type: 'text/event-stream', text: 'data: 1\n\n' });
    const zipped = await firstChunk(app, '/stream', { cookie, 'accept-encoding': 'gzip' });
    expect(zipped.text).not.toBe('');
    await expect.poll(app.output).toMatch(/(?:stream closed[\s\S]*){2}/);
  });

  test('uploads arrive whole, up to the limit', async () => {
    const post = (bytes: number, headers: Record<string, string>) =>
      ask(app, 'POST /upload', { cookie, origin: `http://127.0.0.1:${app.port}`, ...headers }, 'x'.repeat(bytes));
    expect(JSON.parse((await post(1_900_000, { 'content-type': 'application/octet-stream' })).body)).toEqual({
      bytes: 1_900_000,
    });
    expect((await post(2_100_000, { 'content-length': '2100000' })).status).toBe(413);
    expect(app.output()).not.toContain('TypeError');
  });

  test('stops', async () => {
    await old.stop();
    expect(await app.stop()).toBe(0);
  });
});

function comparable({ status, body, headers }: Awaited<ReturnType<typeof ask>>): unknown[] {
  return [status, body, headers['access-control-allow-origin'], headers['access-control-allow-methods']];
}
