import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { accessFor, Browser, startIssuer, type Issuer } from './oidc-browser.ts';
import { ask, cleanUp, start, writePrototype, type Stack, type Started } from './prototype.ts';

const newNode = resolve('test/workbench/node_modules/.bin/node');
const stacks: readonly Stack[] = ['express-5', 'express-4', 'fastify', 'hono'];
const cases = stacks.flatMap((stack) =>
  (['cjs', 'mjs'] as const).flatMap((dialect) =>
    [...new Set([usersNode, newNode])].map((node) => ({
      stack,
      dialect,
      node,
      on: node === newNode ? 'a new Node' : "the user's Node",
    })),
  ),
);
const form = { 'content-type': 'application/x-www-form-urlencoded' };

afterAll(cleanUp);

describe.each(cases)('$stack, $dialect, on $on', ({ stack, dialect, node, on }) => {
  const prototype = writePrototype(`company${on.replaceAll(/\W/g, '')}`, stack, dialect, accessFor(stack), {
    identity: 'oidc',
  });
  let issuer: Issuer;
  let app: Started;

  beforeAll(async () => {
    issuer = await startIssuer(prototype, node);
    app = await start(prototype, node, {
      OIDC_ISSUER: issuer.url,
      OIDC_CLIENT_ID: 'this-app',
      AUTH_SECRET: 'x'.repeat(32),
    });
  });
  afterAll(async () => {
    await issuer.stop();
    expect(await app.stop()).toBe(0);
  });

  test('whoever asks for a page signs in at the service, and gets the page', async () => {
    const browser = new Browser(app);
    const refused = await browser.open('/echo/hi?a=1');
    expect(refused).toMatchObject({ status: 302, headers: { location: '/sign-in?next=%2Fecho%2Fhi%3Fa%3D1' } });
    const sent = await browser.open(refused.headers.location ?? '');
    expect(sent.status).toBe(302);
    expect(sent.headers['set-cookie']).toEqual([
      expect.stringMatching(/^guard-sign-in=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/),
    ]);
    const back = await browser.open(await browser.pick(sent.headers.location, 'anna@example.com', 'staff'));
    expect(back).toMatchObject({ status: 303, headers: { location: '/echo/hi?a=1' } });
    expect([...browser.cookies.keys()]).toEqual(['guard-session']);
    expect((await browser.open('/echo/hi')).body).toBe('<p>hi</p>');
    const me = JSON.parse((await browser.open('/auth/me')).body);
    expect(me).toEqual({ id: 'anna@example.com', email: 'anna@example.com', roles: ['staff'] });
  });

  test('a session counts as far as its roles go, for no other site, and until signing out', async () => {
    const browser = new Browser(app);
    await browser.signIn('ben@example.com');
    const json = { 'content-type': 'application/json' };
    expect((await browser.send('POST /api/notes', json, '{"text":"x"}')).status).toBe(201);
    expect((await browser.send('DELETE /api/notes/1/tags')).status).toBe(403);
    const evil = { ...json, origin: 'https://evil.example' };
    expect((await browser.send('POST /api/notes', evil, '{}')).status).toBe(403);
    expect((await browser.send('POST /sign-out', { ...form, origin: 'https://evil.example' })).status).toBe(403);
    expect((await browser.open('/sign-out')).body).toContain('You are signed in as ben@example.com.');
    const out = await browser.send('POST /sign-out', form);
    expect(out.status).toBe(303);
    expect(out.headers.location).toContain(`${issuer.url}/end-session?`);
    const ended = await fetch(out.headers.location ?? '', { redirect: 'manual' });
    expect(ended.headers.get('location')).toBe(`http://127.0.0.1:${app.port}/sign-out`);
    expect((await browser.open('/sign-out')).body).toContain('You are signed out');
    expect((await browser.open('/auth/me')).status).toBe(302);
  });

  test('programs send a token', async () => {
    const answer = await fetch(`${issuer.url}/token-for?email=robot@example.com&roles=admin`);
    const headers = { authorization: `Bearer ${await answer.text()}` };
    expect((await ask(app, 'GET /api/notes', headers)).status).toBe(200);
    expect((await ask(app, 'DELETE /api/notes/1/tags', headers)).status).toBe(204);
    expect((await ask(app, 'GET /api/notes', { authorization: 'Bearer not.a.token' })).status).toBe(401);
    expect((await ask(app, 'GET /api/notes', { authorization: 'Bearer sk-something' })).status).toBe(401);
    expect((await ask(app, 'GET /api/notes')).status).toBe(401);
  });
});

test('where the app has such addresses itself, ours move aside', async () => {
  const kit = { identity: 'oidc', prefix: '/guardrails' } as const;
  const prototype = writePrototype('aside', 'fastify', 'mjs', accessFor('fastify'), kit);
  const issuer = await startIssuer(prototype, usersNode);
  const app = await start(prototype, usersNode, { OIDC_ISSUER: issuer.url, OIDC_CLIENT_ID: 'this-app' });
  const browser = new Browser(app);
  const refused = await browser.open('/echo/hi');
  expect(refused.headers.location).toBe('/guardrails/sign-in?next=%2Fecho%2Fhi');
  const sent = await browser.open(refused.headers.location ?? '');
  const back = await browser.pick(sent.headers.location, 'anna@example.com');
  expect(back).toMatch(/^\/guardrails\/sign-in\/callback\?/);
  expect((await browser.open(back)).headers.location).toBe('/echo/hi');
  expect((await browser.open('/guardrails/auth/me')).status).toBe(200);
  await Promise.all([app.stop(), issuer.stop()]);
});
