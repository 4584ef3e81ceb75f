import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { accessFor, Browser, freePort } from './oidc-browser.ts';
import { ours, startStub, tokenOf, type Stub } from './oidc-stub.ts';
import { begin, signIn, whoIs } from './oidc-visit.ts';
import { ask, cleanUp, start, writePrototype } from './prototype.ts';

afterAll(cleanUp);

const prototype = writePrototype('settings', 'express-5', 'cjs', accessFor('express-5'), { identity: 'oidc' });
let service: Stub;
let settings: Record<string, string>;

beforeAll(async () => {
  service = await startStub();
  settings = { OIDC_ISSUER: service.url, OIDC_CLIENT_ID: 'this-app', AUTH_SECRET: 'x'.repeat(32) };
});
afterAll(() => service.stop());
afterEach(() => {
  service.manners = {};
});

test('a secret of the app is sent as the service takes it', async () => {
  const secret = ['made', 'up'].join('');
  for (const [methods, form, authorization] of [
    [['client_secret_post'], secret, undefined],
    [['client_secret_basic'], null, `Basic ${btoa(`this%2Dapp:${secret}`)}`],
  ] as const) {
    const metadata = { token_endpoint_auth_methods_supported: methods };
    service.manners = { metadata };
    const other = await start(prototype, usersNode, { ...settings, OIDC_CLIENT_SECRET: secret });
    expect((await signIn(service, other, { metadata })).answer.status).toBe(303);
    expect([service.asked?.form.get('client_secret'), service.asked?.authorization]).toEqual([form, authorization]);
    await other.stop();
  }
});

test('behind a proxy PUBLIC_URL says where people come back to, and cookies want https', async () => {
  const other = await start(prototype, usersNode, { ...settings, PUBLIC_URL: 'https://notes.example.com' });
  const browser = new Browser(other);
  const back = await begin(service, browser);
  expect(service.begun?.get('redirect_uri')).toBe('https://notes.example.com/sign-in/callback');
  expect((await browser.open(back)).headers['set-cookie']).toEqual([
    expect.stringMatching(/^__Host-guard-sign-in=; .*Max-Age=0; Secure$/),
    expect.stringMatching(/^__Host-guard-session=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800; Secure$/),
  ]);
  expect(service.asked?.form.get('redirect_uri')).toBe('https://notes.example.com/sign-in/callback');
  await other.stop();
});

test('without OIDC_CLIENT_ID programs get in, and nobody is sent to sign in', async () => {
  const other = await start(prototype, usersNode, { OIDC_ISSUER: service.url, OIDC_AUDIENCE: 'x' });
  expect((await ask(other, 'GET /echo/hi', { accept: 'text/html' })).status).toBe(401);
  expect((await ask(other, 'GET /sign-in', { accept: 'text/html' })).status).toBe(404);
  expect(other.output()).toContain('OIDC_CLIENT_ID is not set');
  await other.stop();
});

test('with OIDC_EMAIL_DOMAINS only people of these get in, by page or by token', async () => {
  const other = await start(prototype, usersNode, { ...settings, OIDC_EMAIL_DOMAINS: 'example.com, example.org' });
  for (const [email, status] of [
    ['anna@Example.com', 303],
    ['ben@example.org', 303],
    ['eve@evil.example', 403],
    ['eve@example.com.evil.example', 403],
    [undefined, 403],
  ] as const) {
    expect([email, (await signIn(service, other, { claims: { email } })).answer.status]).toEqual([email, status]);
    const exp = Math.floor(Date.now() / 1000) + 60;
    const token = tokenOf({ iss: service.url, aud: 'this-app', sub: `id of ${email}`, email, exp }, ours);
    const answer = await ask(other, 'GET /api/notes', { authorization: `Bearer ${token}` });
    expect([email, answer.status]).toEqual([email, status === 303 ? 200 : 401]);
  }
  await other.stop();
});

test('an app whose service is down starts, and says so where people sign in', async () => {
  const port = await freePort();
  const other = await start(prototype, usersNode, { ...settings, OIDC_ISSUER: `http://127.0.0.1:${port}` });
  const answer = await ask(other, 'GET /sign-in');
  expect(answer).toMatchObject({ status: 503, body: expect.stringContaining('does not answer') });
  expect((await ask(other, 'GET /health')).status).toBe(200);
  expect((await ask(other, 'GET /api/notes', { authorization: 'Bearer a.b.c' })).status).toBe(503);
  expect((await ask(other, 'GET /api/notes', { authorization: 'Bearer sk-something' })).status).toBe(401);
  await other.stop();
});

test.each([
  [{ OIDC_ISSUER: '' }, 'OIDC_ISSUER is missing'],
  [{ OIDC_ISSUER: 'http://login.example.com' }, 'OIDC_ISSUER must begin with https://'],
  [{ NODE_ENV: 'production' }, 'OIDC_ISSUER must begin with https://'],
  [{ OIDC_CLIENT_ID: '' }, 'OIDC_CLIENT_ID is missing'],
  [{ AUTH_SECRET: 'short' }, 'AUTH_SECRET must have at least 32 characters'],
  [{ AUTH_SECRET: '', NODE_ENV: 'production', OIDC_ISSUER: 'https://login.example.com' }, 'AUTH_SECRET is missing'],
  [{ OIDC_ISSUER: 'https://accounts.google.com' }, 'OIDC_EMAIL_DOMAINS is missing'],
  [{ PUBLIC_URL: 'http://notes.example.com' }, 'PUBLIC_URL must be'],
  [{ PUBLIC_URL: 'https://example.com/notes' }, 'PUBLIC_URL must be'],
])('%o: the app does not start, and says why', async (wrong, why) => {
  await expect(start(prototype, usersNode, { ...settings, ...wrong })).rejects.toThrow(why);
});

test('roles stand where OIDC_ROLES_CLAIM says; of too many for a cookie those stay that the table asks for', async () => {
  const other = await start(prototype, usersNode, { ...settings, OIDC_ROLES_CLAIM: 'realm_access.roles' });
  const few = await signIn(service, other, { claims: { realm_access: { roles: ['a', 'b'] }, roles: ['admin'] } });
  expect(await whoIs(few.browser)).toEqual({ id: 'person-7', roles: ['a', 'b'] });
  const groups = Array.from({ length: 200 }, (_, at) => `0a1b2c3d-0000-0000-0000-${String(at).padStart(12, '0')}`);
  const many = await signIn(service, other, { claims: { realm_access: { roles: [...groups, 'admin'] } } });
  expect(await whoIs(many.browser)).toEqual({ id: 'person-7', roles: ['admin'] });
  expect(many.browser.cookies.get('guard-session')?.length).toBeLessThan(3800);
  await other.stop();
});
