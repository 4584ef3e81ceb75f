// An invitation works once, in time, for its own address, over a line that nobody reads, and is not in the database.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { config } from '../../src/guardrails/config.ts';
import { database } from '../../src/guardrails/identity.ts';
import { invite } from '../../src/guardrails/invitations.ts';
import { listUsers } from '../../src/guardrails/users.ts';
import { addPerson, signIn } from '../identity.ts';
import { accept, password, tokenOf } from '../invitations.ts';
import { startApp } from '../support.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.stop());

const newLink = (email: string, hours = 1): string => tokenOf(invite({ email, role: 'user' }, hours).link);

test('it works once, also when it is used twice at the same moment', async () => {
  const token = newLink('once@example.com');
  const answers = await Promise.all([accept(app.url, token), accept(app.url, token)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401]);
  expect((await accept(app.url, token)).status).toBe(401);
  expect(listUsers()).toContainEqual({ email: 'once@example.com', role: 'user' });
});

test('it is refused when it is too old, invented or comes with a weak password', async () => {
  expect((await accept(app.url, newLink('old@example.com', -1))).status).toBe(401);
  expect((await accept(app.url, 'invented')).status).toBe(401);
  const token = newLink('weak@example.com');
  expect((await accept(app.url, token, 'too short')).status).toBe(400);
  expect((await accept(app.url, token)).status).toBe(201);
});

test('using one ends every other one for the same address', async () => {
  const [first, second] = [newLink('twice@example.com'), newLink('twice@example.com')];
  expect((await accept(app.url, first)).status).toBe(201);
  expect((await accept(app.url, second)).status).toBe(401);
});

test('the database does not hold anything that would be accepted', () => {
  const token = newLink('kept@example.com');
  expect(JSON.stringify(database.prepare('SELECT * FROM auth_invitations').all())).not.toContain(token);
});

test('for somebody who is a user already it sets a new password, and keeps the role', async () => {
  const person = await addPerson('auditor');
  const old = await signIn(app.url, person);
  expect((await accept(app.url, newLink(person.email))).status).toBe(200);
  const stale = await fetch(`${app.url}/auth/me`, { headers: { cookie: old.cookie } });
  expect(stale.status).toBe(401);
  await expect(signIn(app.url, { ...person, password })).resolves.toHaveProperty('token');
  expect(listUsers()).toContainEqual({ email: person.email, role: 'auditor' });
});

test('the page behind the link loads nothing from elsewhere and runs no other script', async () => {
  const page = await fetch(`${app.url}/auth/accept-invitation`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'sha256-/);
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(await page.text()).not.toMatch(/https?:/);
});

test('production does not start while PUBLIC_URL has no https', async () => {
  const production = Object.create(config, {
    NODE_ENV: { value: 'production' },
    PUBLIC_URL: { value: 'http://app.example.com' },
  }) as typeof config;
  vi.resetModules();
  vi.doMock('../../src/guardrails/config.ts', async (original) => ({ ...(await original()), config: production }));
  await expect(import('../../src/guardrails/invitations.ts')).rejects.toThrow('PUBLIC_URL');
});
