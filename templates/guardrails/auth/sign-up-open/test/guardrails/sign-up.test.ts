// Anybody may become a user, and nobody more than that.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listUsers } from '../../src/guardrails/users.ts';
import { post, signIn } from '../identity.ts';
import { startApp } from '../support.ts';
import { doors, tryDoors } from '../strangers.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.stop());

const password = 'long enough for anybody';
const signUp = (body: unknown, headers = {}): Promise<Response> => post(`${app.url}/auth/sign-up`, body, headers);

test('somebody signs up, signs in and is an ordinary user', async () => {
  const email = 'First@Example.com';
  const response = await signUp({ email, password });
  expect(response.status).toBe(201);
  const { userId } = (await response.json()) as { userId: string };
  await expect(signIn(app.url, { email, password, userId })).resolves.toHaveProperty('token');
  expect(listUsers()).toContainEqual({ email: 'first@example.com', role: 'user' });
  expect((await signUp({ email: 'first@example.com', password: `other ${password}` })).status).toBe(409);
});

test('nobody gives himself a role, a weak password or more than one way in', async () => {
  expect((await signUp({ email: 'a@example.com', password, role: 'admin' })).status).toBe(400);
  expect((await signUp({ email: 'b@example.com', password: 'too short' })).status).toBe(400);
  expect((await signUp({ email: 'c@example.com', password }, { origin: 'https://evil.example' })).status).toBe(403);
  const { newcomers } = await tryDoors(
    app.url,
    doors.filter((door) => !/^\/auth\/sign-up\/?$/i.test(door) && door !== '/auth//sign-up'),
  );
  expect(newcomers).toEqual([]);
});

test('users cannot be made by the thousand', async () => {
  const statuses: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    statuses.push((await signUp({ email: 'first@example.com', password })).status);
  }
  expect(statuses).toContain(429);
});
