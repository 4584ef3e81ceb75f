// Guessing passwords is slowed down, and only for the account that is guessed at.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refundAttempt, spendAttempt } from '../../src/guardrails/attempts.ts';
import { database } from '../../src/guardrails/identity.ts';
import { addPerson, post, signIn, type Person } from '../identity.ts';
import { startApp } from '../support.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.stop());

async function guess(email: string): Promise<Response> {
  return post(`${app.url}/auth/sign-in`, { email, password: 'not the password' });
}

function spentAttempts(): unknown {
  return database.prepare('SELECT sum(spent) AS attempts FROM auth_attempts').get();
}

test('after 20 wrong passwords the account has to wait, and another one does not', async () => {
  const [victim, other] = [await addPerson(), await addPerson()] as [Person, Person];
  const statuses: number[] = [];
  for (let round = 0; round < 20; round += 1) statuses.push((await guess(victim.email)).status);
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(new Set(statuses.slice(5))).toEqual(new Set([429]));

  const right = await post(`${app.url}/auth/sign-in`, { email: victim.email, password: victim.password });
  expect(right.status).toBe(429);
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
  await expect(signIn(app.url, other)).resolves.toHaveProperty('token');
});

test('guesses at the same moment, and at an account that does not exist, are counted too', async () => {
  const responses = await Promise.all(Array.from({ length: 12 }, () => guess('nobody@example.com')));
  expect(responses.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(responses.filter(({ status }) => status === 429)).toHaveLength(7);
});

test('signing in correctly gives the free attempts back', async () => {
  const person = await addPerson();
  for (let round = 0; round < 2; round += 1) {
    for (let miss = 0; miss < 4; miss += 1) expect((await guess(person.email)).status).toBe(401);
    await signIn(app.url, person);
  }
});

test('a whole office can sign in from one address, but not guess from it', () => {
  for (let round = 0; round < 99; round += 1) {
    expect(spendAttempt({ office: 50 })).toBe(0);
    refundAttempt('office');
  }
  for (let miss = 0; miss < 50; miss += 1) expect(spendAttempt({ office: 50 })).toBe(0);
  expect(spendAttempt({ office: 50 })).toBeGreaterThan(0);
});

test('a sign-in that works leaves nothing behind that counts against the address', async () => {
  const person = await addPerson();
  const before = spentAttempts();
  await signIn(app.url, person);
  expect(spentAttempts()).toEqual(before);
});

test('the wait doubles up to a quarter of an hour and is forgotten an hour later', () => {
  let now = Date.now();
  const wait = (): number => {
    spendAttempt({ somebody: 1 }, now);
    const seconds = spendAttempt({ somebody: 1 }, now);
    now += seconds * 1000;
    return seconds;
  };
  expect(Array.from({ length: 7 }, wait)).toEqual([30, 60, 120, 240, 480, 900, 900]);
  now += 61 * 60_000;
  expect(wait()).toBe(30);
});
