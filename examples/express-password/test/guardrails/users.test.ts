// The commands for users, and changing one's own password.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addUser, removeUser } from '../../src/guardrails/users.ts';
import { addPerson, post, signIn } from '../identity.ts';
import { startApp } from '../support.ts';

const folder = mkdtempSync(join(tmpdir(), 'users-'));
const file = join(folder, 'app.db');
let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

function run(input: string, ...args: string[]): { status: number | null; output: string } {
  const env = { ...process.env, DATABASE_FILE: file };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/user.ts', ...args], { input, env });
  return { status, output: `${stdout}${stderr}` };
}

test('the command on the server adds a user and never shows the password', () => {
  const password = 'long enough for anybody';
  const added = run(`${password}\n`, 'add', '--email', 'First@example.com', '--role', 'admin');
  expect(added).toMatchObject({ status: 0, output: expect.stringContaining('Added First@example.com') });
  expect(added.output).not.toContain(password);
  const rows = new DatabaseSync(file).prepare('SELECT email, role FROM auth_user').all();
  expect(rows).toEqual([expect.objectContaining({ email: 'first@example.com', role: 'admin' })]);
});

test('a weak password, a strange role and an address that is taken are refused', async () => {
  const { email, password } = await addPerson();
  await expect(addUser({ email: 'a@example.com', password: 'too short' })).rejects.toThrow('at least 12 characters');
  await expect(addUser({ email: 'a@example.com', password, role: 'admin,user' })).rejects.toThrow('one plain word');
  await expect(addUser({ email: 'not an address', password })).rejects.toThrow('not an e-mail address');
  await expect(addUser({ email: email.toUpperCase(), password })).rejects.toThrow();
});

test('a removed user is out at once', async () => {
  const person = await addPerson();
  const { cookie } = await signIn(app.url, person);
  await removeUser(person.email);
  expect((await fetch(`${app.url}/auth/me`, { headers: { cookie } })).status).toBe(401);
  await expect(signIn(app.url, person)).rejects.toThrow('401');
});

test('users change their own password, which ends their other sessions', async () => {
  const person = await addPerson();
  const [here, elsewhere] = [await signIn(app.url, person), await signIn(app.url, person)];
  const change = (currentPassword: string, newPassword: string): Promise<Response> =>
    post(`${app.url}/auth/password`, { currentPassword, newPassword }, { authorization: `Bearer ${here.token}` });

  expect((await change('a wrong guess', 'long enough for anybody')).status).toBe(403);
  expect((await change(person.password, 'too short')).status).toBe(400);
  expect((await change(person.password, 'long enough for anybody')).status).toBe(200);
  for (const { cookie } of [here, elsewhere]) {
    expect((await fetch(`${app.url}/auth/me`, { headers: { cookie } })).status).toBe(401);
  }
  await expect(signIn(app.url, { ...person, password: 'long enough for anybody' })).resolves.toHaveProperty('token');
});

test('the current password cannot be guessed with somebody else’s session', async () => {
  const { token } = await signIn(app.url, await addPerson());
  const statuses: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const guess = { currentPassword: `guess ${round}`, newPassword: 'long enough for anybody' };
    const answer = await post(`${app.url}/auth/password`, guess, { authorization: `Bearer ${token}` });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429]);
});
