// Signing in and out, by cookie and by token.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { database } from '../../src/guardrails/identity.ts';
import { sessionCookie } from '../../src/guardrails/session-cookie.ts';
import { changeRole } from '../../src/guardrails/users.ts';
import { addPerson, post, signIn, signInAs } from '../identity.ts';
import { realCosts } from '../quick-hashing.ts';
import { startApp } from '../support.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.stop());

const me = (headers: Record<string, string> = {}): Promise<Response> => fetch(`${app.url}/auth/me`, { headers });

test.each(['cookie', 'token'] as const)('a user signs in and out by %s', async (kind) => {
  const person = await addPerson();
  const session = await signIn(app.url, person);
  const headers: Record<string, string> =
    kind === 'cookie' ? { cookie: session.cookie } : { authorization: `Bearer ${session.token}` };

  const before = await me(headers);
  expect(before.status).toBe(200);
  expect(await before.json()).toEqual({ id: person.userId, email: person.email, roles: ['user'] });

  const out = await post(`${app.url}/auth/sign-out`, {}, { ...headers, origin: app.url });
  expect(out.status).toBe(200);
  expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/i);
  expect((await me({ cookie: session.cookie })).status).toBe(401);
  expect((await me({ authorization: `Bearer ${session.token}` })).status).toBe(401);
});

test('the session cookie is hidden from scripts, from other sites and from plain http', async () => {
  const person = await addPerson();
  const response = await post(`${app.url}/auth/sign-in`, { email: person.email, password: person.password });
  const cookies = response.headers.getSetCookie();
  expect(cookies).toHaveLength(1);
  const [cookie = ''] = cookies;
  expect(cookie).toMatch(/^__Host-session=/);
  for (const flag of [/; HttpOnly/i, /; Secure/i, /; SameSite=Lax/i, /; Path=\//i, /; Max-Age=43200/i]) {
    expect(cookie).toMatch(flag);
  }
  expect(cookie).not.toMatch(/Domain=/i);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(sessionCookie('production')).toEqual(sessionCookie('test'));
});

test('a wrong password and an unknown address get the same answer', async () => {
  const person = await addPerson();
  const wrong = await post(`${app.url}/auth/sign-in`, { email: person.email, password: person.email });
  const unknown = await post(`${app.url}/auth/sign-in`, { email: `no-${person.email}`, password: person.email });
  const [first, second] = (await Promise.all([wrong.json(), unknown.json()])) as [{ title: string }, { title: string }];
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(first.title).toBe(second.title);
});

test('a password costs real work to check, also for an unknown address', async () => {
  realCosts.splice(0);
  await post(`${app.url}/auth/sign-in`, { email: 'nobody@example.com', password: 'a wild guess' });
  expect(realCosts).toEqual([16_384]);
});

test('a tampered, shortened or invented proof is refused', async () => {
  const { token, cookie } = await signIn(app.url, await addPerson());
  const [id = '', signature = ''] = token.split('.');
  const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  for (const forged of [id, `${id}.`, `${id}.${flipped}`, `x${token}`, '%E0%A4%A', '', 'null', '.']) {
    expect((await me({ authorization: `Bearer ${forged}` })).status, forged).toBe(401);
    expect((await me({ cookie: `${cookie.split('=')[0]}=${forged}` })).status, forged).toBe(401);
  }
  expect((await me({ authorization: `Basic ${token}`, cookie })).status).toBe(401);
});

test('a session ends by itself', async () => {
  const { headers, userId } = await signInAs(app.url);
  expect((await me(headers)).status).toBe(200);
  const past = new Date(Date.now() - 1000).toISOString();
  database.prepare('UPDATE auth_session SET expiresAt = ? WHERE userId = ?').run(past, userId);
  expect((await me(headers)).status).toBe(401);
});

test('being used does not make a session longer', async () => {
  const { headers, userId } = await signInAs(app.url);
  const soon = new Date(Date.now() + 60_000).toISOString();
  database.prepare('UPDATE auth_session SET expiresAt = ?, updatedAt = ? WHERE userId = ?').run(soon, soon, userId);
  expect((await me(headers)).status).toBe(200);
  const [session] = database.prepare('SELECT expiresAt FROM auth_session WHERE userId = ?').all(userId);
  expect(session).toEqual({ expiresAt: soon });
});

test('a new role counts from the next request on', async () => {
  const person = await addPerson();
  const { token } = await signIn(app.url, person);
  await changeRole(person.email, 'admin');
  expect(await (await me({ authorization: `Bearer ${token}` })).json()).toMatchObject({ roles: ['admin'] });
});

test('another web site cannot sign somebody in', async () => {
  const { email, password } = await addPerson();
  const attempt = (headers: Record<string, string>): Promise<Response> =>
    post(`${app.url}/auth/sign-in`, { email, password }, headers);
  expect((await attempt({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await attempt({ origin: 'null' })).status).toBe(403);
  expect((await attempt({ 'content-type': 'text/plain' })).status).toBe(415);
  expect((await attempt({ origin: app.url })).status).toBe(200);
});

test.each([
  ['nothing', undefined],
  ['a field too many', { email: 'a@example.com', password: 'x', role: 'admin' }],
  ['an object as password', { email: 'a@example.com', password: { $ne: '' } }],
  ['a very long body', { email: 'a@example.com', password: 'x'.repeat(20_000) }],
])('%s is refused before any work', async (_name, body) => {
  expect([400, 413]).toContain((await post(`${app.url}/auth/sign-in`, body)).status);
});
