// Nobody becomes a user from outside.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, post } from '../identity.ts';
import { startApp } from '../support.ts';
import { doors, tryDoors } from '../strangers.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.stop());

test('an uninvited stranger cannot become a user', async () => {
  const { answers, newcomers } = await tryDoors(app.url, doors);
  expect(newcomers).toEqual([]);
  expect(answers.filter((answer) => !/^40[14] /.test(answer))).toEqual([]);
});

test('a signed-in user cannot add users either', async () => {
  const { email, password } = await addPerson('admin');
  const signedIn = await post(`${app.url}/auth/sign-in`, { email, password });
  const { token } = (await signedIn.json()) as { token: string };
  const authorization = `Bearer ${token}`;
  for (const door of doors.filter((path) => path !== '/auth/password')) {
    const response = await post(app.url + door, { email: 'new@example.com', password, name: 'New' }, { authorization });
    expect(response.status, door).toBe(404);
  }
});
