import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Part } from '../../src/dialect/parts.ts';
import { ask, cleanUp, start, type Started } from '../dialect/prototype.ts';
import { usersNode } from '../support/users-node.ts';
import { cases, invite, removeGuarded, signIn, writeGuarded } from './guarded.ts';

afterAll(() => {
  cleanUp();
  removeGuarded();
});

const access = {
  'POST /chat/:room': "'user'",
  'POST /try': "open('people try it before they sign in')",
  'GET /free': "'user'",
};
const spending = { 'POST /chat/:room': 'OpenAI', 'POST /try': 'OpenAI' };
const parts: ReadonlySet<Part> = new Set(['auth', 'security', 'spending']);
const [anna, bert, carla] = ['anna@example.com', 'bert@example.com', 'carla@example.com'] as const;

describe.each(cases)('$stack, $dialect', (each) => {
  const server = readFileSync(`test/retrofit/spending/${each.framework}.js`, 'utf8');
  const prototype = writeGuarded({ ...each, name: 'spending', kit: { parts, access, spending }, server });
  invite(prototype, anna, bert, carla);

  test('each user has a budget, and all of them together have one', { timeout: 60_000 }, async () => {
    const app = await start(prototype, usersNode, { BUDGET_PER_USER: '2', BUDGET_TOTAL: '5' });
    const [one, two, three] = [await signIn(app, anna), await signIn(app, bert), await signIn(app, carla)];
    expect(await statuses(app, one, 'POST /chat/1', 'POST /chat/2', 'POST /chat/3', 'POST /chat/1')).toEqual([
      200, 200, 429, 429,
    ]);
    const own = await ask(app, 'POST /chat/1', one);
    expect(JSON.parse(own.body)).toMatchObject({ status: 429, title: 'Your budget is spent for today' });
    expect(own.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(await statuses(app, one, 'GET /free', 'GET /free', 'GET /free')).toEqual([200, 200, 200]);
    expect(await statuses(app, two, 'POST /chat/1', 'POST /chat/2')).toEqual([200, 200]);
    expect(await statuses(app, three, 'POST /chat/1', 'POST /chat/2')).toEqual([200, 429]);
    const all = await ask(app, 'POST /chat/1', three);
    expect(JSON.parse(all.body)).toMatchObject({ status: 429, title: 'The budget of this app is spent for today' });
    const wait = Number(all.headers['retry-after']);
    expect(wait > 0 && wait <= 86_400).toBe(true);
    await expect.poll(app.output).toMatch(/"event":"excess_rate_limit_exceeded"/);
    expect(app.output().match(/"event":"excess_rate_limit_exceeded"/g)).toHaveLength(2);
    expect(app.output()).toContain('"route":"POST /chat/:room","user_id":"anna@example.com","reason":"Your budget');
    await app.stop();
  });

  test('who may not call it costs nothing, and strangers count by their address', { timeout: 60_000 }, async () => {
    const app = await start(prototype, usersNode, { BUDGET_PER_USER: '2', BUDGET_TOTAL: '3' });
    expect(await statuses(app, {}, 'POST /chat/1', 'POST /chat/1', 'POST /chat/1', 'POST /chat/1')).toEqual([
      401, 401, 401, 401,
    ]);
    expect(await statuses(app, {}, 'POST /try', 'POST /try', 'POST /try')).toEqual([200, 200, 429]);
    expect(await statuses(app, await signIn(app, anna), 'POST /chat/1')).toEqual([200]);
    await app.stop();
  });

  test('report mode says what it would have refused', { timeout: 60_000 }, async () => {
    const app = await start(prototype, usersNode, { AUTH_MODE: 'report', BUDGET_PER_USER: '1' });
    expect(await statuses(app, {}, 'POST /try', 'POST /try')).toEqual([200, 200]);
    await expect.poll(app.output).toContain('"guard":"budget","would_answer":429');
    await app.stop();
  });
});

async function statuses(app: Started, headers: Record<string, string>, ...lines: readonly string[]): Promise<number[]> {
  const heard: number[] = [];
  for (const line of lines) heard.push((await ask(app, line, headers)).status);
  return heard;
}
