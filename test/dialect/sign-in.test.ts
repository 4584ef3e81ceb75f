import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/dialect/dialect.ts';
import type { Identity } from '../../src/dialect/identities.ts';
import {
  addUser,
  ask,
  cleanUp,
  runGuardProgram,
  start,
  writePrototype,
  type Stack,
  type Started,
} from './prototype.ts';
import { access, email, newNode, password, sendForm, signInByJson } from './sign-in.ts';

afterAll(cleanUp);

const stacks: readonly Stack[] = ['express-5', 'express-4', 'fastify', 'hono'];
const cases = stacks.flatMap((stack) => (['mjs', 'cjs'] as const).map((dialect) => ({ stack, dialect })));

describe.each(cases)('better-auth: $stack, $dialect', ({ stack, dialect }) => {
  const prototype = writePrototype('sign-in', stack, dialect, access, { identity: 'better-auth', signUp: 'invite' });
  let app: Started;

  beforeAll(async () => {
    expect(addUser(prototype, newNode, email, password, 'staff', 'admin')).toContain(`${email} can sign in`);
    app = await start(prototype, newNode);
  });
  afterAll(() => app.stop());

  test('a program gets a token, and the token is a user until it signs out', async () => {
    const { status, token, heard } = await signInByJson(app, email, password);
    expect(status).toBe(200);
    expect(heard.headers['set-cookie']?.[0]).toMatch(
      /^guard-session=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/,
    );
    const bearer = { authorization: `Bearer ${token}` };
    const me = await ask(app, 'GET /auth/me', bearer);
    expect(JSON.parse(me.body)).toMatchObject({ email, roles: ['staff', 'admin'] });
    expect((await ask(app, 'GET /api/notes', bearer)).status).toBe(200);
    expect(JSON.parse((await ask(app, 'POST /sign-out', bearer)).body)).toEqual({ signedOut: true });
    expect((await ask(app, 'GET /api/notes', bearer)).status).toBe(401);
  });

  test('a browser is led to the page, signs in, sees who it is, and signs out', async () => {
    const origin = `http://127.0.0.1:${app.port}`;
    const asked = await ask(app, 'GET /api/notes?a=1', { accept: 'text/html' });
    const page = await ask(app, `GET ${asked.headers.location}`);
    expect(page.body).toContain('name="next" value="/api/notes?a=1"');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const signedIn = await sendForm(app, '/sign-in', {
      email: ` ${email.toUpperCase()}`,
      password,
      next: '/api/notes?a=1',
    });
    expect([signedIn.status, signedIn.headers.location]).toEqual([303, '/api/notes?a=1']);
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect((await ask(app, 'GET /api/notes', { cookie })).status).toBe(200);
    expect((await ask(app, 'GET /sign-out', { cookie })).body).toContain(email);
    const signedOut = await sendForm(app, '/sign-out', {}, { cookie, origin });
    expect([signedOut.status, signedOut.headers.location]).toEqual([303, '/sign-out']);
    expect(signedOut.headers['set-cookie']?.[0]).toContain('guard-session=; Path=/');
    expect((await ask(app, 'GET /api/notes', { cookie })).status).toBe(401);
    const late = await sendForm(app, '/api/notes', {}, { accept: 'text/html', referer: `${origin}/api/notes?a=1` });
    expect([late.status, late.headers.location]).toEqual([302, '/sign-in?next=%2Fapi%2Fnotes%3Fa%3D1']);
  });
});

describe.each(['mjs', 'cjs'] as const)('better-auth, %s', (dialect) => {
  test('a new password and a removal end what is open, while the app runs', async () => {
    const { prototype, app } = await started(dialect, 'better-auth');
    const first = { authorization: `Bearer ${(await signInByJson(app, email, password)).token}` };
    expect((await ask(app, 'GET /auth/me', first)).status).toBe(200);
    addUser(prototype, newNode, email, 'another long password');
    expect((await ask(app, 'GET /auth/me', first)).status).toBe(401);
    const again = await signInByJson(app, email, 'another long password');
    const second = { authorization: `Bearer ${again.token}` };
    expect(JSON.parse((await ask(app, 'GET /auth/me', second)).body)).toMatchObject({ roles: ['staff'] });
    expect(runGuardProgram(prototype, newNode, 'remove-user', [email])).toContain('cannot sign in any more');
    expect((await ask(app, 'GET /auth/me', second)).status).toBe(401);
    expect(readFileSync(join(prototype.folder, '.data/.gitignore'), 'utf8')).toBe('*\n');
    await app.stop();
  });

  test('whoever is invited chooses a password, once', async () => {
    const { prototype, app } = await started(dialect, 'better-auth');
    const said = runGuardProgram(prototype, newNode, 'invite', ['carl@example.com', 'admin'], {
      PUBLIC_URL: 'https://notes.example',
    });
    const [, token = ''] = /https:\/\/notes\.example\/invitation#([\w-]+)/.exec(said) ?? [];
    const page = await ask(app, 'GET /invitation');
    expect(page.body).toContain('Choose a password');
    expect(page.headers['content-security-policy']).toMatch(/script-src 'sha256-/);
    expect((await sendForm(app, '/invitation', { token, password: 'short' })).status).toBe(400);
    expect((await sendForm(app, '/invitation', { token: 'guessed', password })).status).toBe(401);
    const accepted = await sendForm(app, '/invitation', { token, password });
    expect([accepted.status, accepted.headers.location]).toEqual([303, '/']);
    const cookie = accepted.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect(JSON.parse((await ask(app, 'GET /auth/me', { cookie })).body)).toMatchObject({
      email: 'carl@example.com',
      roles: ['admin'],
    });
    expect((await sendForm(app, '/invitation', { token, password })).status).toBe(401);
    expect((await signInByJson(app, 'carl@example.com', password)).status).toBe(200);
    await app.stop();
  });

  test('nobody can sign up where nobody is invited', async () => {
    const prototype = writePrototype('closed', 'express-5', dialect, access, { identity: 'better-auth' });
    const app = await start(prototype, newNode);
    expect(existsSync(join(prototype.folder, `guardrails/invite.${dialect}`))).toBe(false);
    for (const path of ['/invitation', '/api/auth/sign-up/email', '/auth/sign-up'])
      expect((await ask(app, `POST ${path}`, {}, '{}')).status).toBe(401);
    await app.stop();
  });
});

async function started(dialect: Dialect, identity: Identity) {
  const name = `one-${identity}-${Math.random().toString(36).slice(2)}`;
  const prototype = writePrototype(name, 'express-5', dialect, access, { identity, signUp: 'invite' });
  addUser(prototype, newNode, email, password, 'staff');
  return { prototype, app: await start(prototype, newNode) };
}
