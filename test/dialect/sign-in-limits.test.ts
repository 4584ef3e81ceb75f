import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUser, ask, cleanUp, start, writePrototype, type Started } from './prototype.ts';
import { access, email, newNode, password, sendForm, signInByJson } from './sign-in.ts';

afterAll(cleanUp);

describe.each(['password', 'better-auth'] as const)('%s', (identity) => {
  let app: Started;

  beforeAll(async () => {
    const prototype = writePrototype(`guessing-${identity}`, 'express-5', 'cjs', access, { identity });
    addUser(prototype, newNode, email, password);
    addUser(prototype, newNode, 'ben@example.com', password);
    app = await start(prototype, newNode);
  });
  afterAll(() => app.stop());

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', '/sign-in?next=/x'])(
    'nobody is sent on to %j',
    async (next) => {
      const { headers } = await sendForm(app, '/sign-in', { email, password, next });
      expect(headers.location).toBe('/');
    },
  );

  test('the same answer for an unknown address and a wrong password, and guessing gets slow', async () => {
    const [unknown, wrong] = [
      await sendForm(app, '/sign-in', { email: 'nobody@example.com', password: 'x'.repeat(20) }),
      await sendForm(app, '/sign-in', { email: 'ben@example.com', password: 'x'.repeat(20) }),
    ];
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    expect(unknown.body.replace('nobody@', 'ben@')).toBe(wrong.body);
    const tries = [];
    for (let count = 0; count < 6; count++) tries.push((await signInByJson(app, 'ben@example.com', 'wrong')).status);
    expect(tries).toEqual([401, 401, 401, 401, 429, 429]);
    expect((await signInByJson(app, 'ben@example.com', password)).status).toBe(429);
    expect((await signInByJson(app, email, password)).status).toBe(200);
  });

  test('what is no e-mail address, no password or too long is refused', async () => {
    const json = { 'content-type': 'application/json' };
    for (const body of [
      '',
      '{',
      '[]',
      '{"email":1,"password":"x"}',
      '{"email":"a@b.c"}',
      `{"email":"${'a'.repeat(5000)}"}`,
    ])
      expect((await ask(app, 'POST /sign-in', json, body)).status).toBe(400);
    const evil = { ...json, origin: 'https://evil.example' };
    expect((await ask(app, 'POST /sign-in', evil, JSON.stringify({ email, password }))).status).toBe(403);
  });
});

describe.each(['password', 'better-auth'] as const)('%s', (identity) => {
  test('addresses move aside together', async () => {
    const prototype = writePrototype(`aside-${identity}`, 'express-5', 'mjs', access, {
      identity,
      prefix: '/guardrails',
    });
    addUser(prototype, newNode, email, password);
    const app = await start(prototype, newNode);
    const { headers } = await ask(app, 'GET /api/notes', { accept: 'text/html' });
    expect(headers.location).toBe('/guardrails/sign-in?next=%2Fapi%2Fnotes');
    const signedIn = await sendForm(app, '/guardrails/sign-in', { email, password });
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect((await ask(app, 'GET /guardrails/auth/me', { cookie })).status).toBe(200);
    expect((await ask(app, 'GET /sign-in', { cookie })).status).toBe(404);
    await app.stop();
  });

  test('an app without pages answers programs and browsers alike', async () => {
    const prototype = writePrototype(`api-${identity}`, 'fastify', 'cjs', access, { identity, surface: 'api' });
    const app = await start(prototype, newNode);
    expect((await ask(app, 'GET /api/notes', { accept: 'text/html' })).status).toBe(401);
    expect((await ask(app, 'GET /sign-in', { accept: 'text/html' })).status).toBe(200);
    await app.stop();
  });

  test('in production the cookie is for https alone, and plain http is told', async () => {
    const prototype = writePrototype(`production-${identity}`, 'hono', 'mjs', access, { identity });
    addUser(prototype, newNode, email, password);
    const env = { NODE_ENV: 'production', AUTH_SECRET: 'x'.repeat(40) };
    const app = await start(prototype, newNode, env);
    const host = 'notes.example';
    const plain = await sendForm(app, '/sign-in', { email, password }, { host, origin: `http://${host}` });
    expect([plain.status, plain.body.includes('https://')]).toEqual([400, true]);
    const signedIn = await sendForm(app, '/sign-in', { email, password }, { host, origin: `https://${host}` });
    expect(signedIn.headers['set-cookie']?.[0]).toMatch(/^__Host-guard-session=.*; Secure$/);
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect((await ask(app, 'GET /auth/me', { host, cookie })).status).toBe(200);
    expect((await ask(app, 'GET /auth/me', { host, cookie: cookie.replace('__Host-', '') })).status).toBe(401);
    await app.stop();
    await expect(start(prototype, newNode, { NODE_ENV: 'production' })).rejects.toThrow('AUTH_SECRET is missing');
  });
});
