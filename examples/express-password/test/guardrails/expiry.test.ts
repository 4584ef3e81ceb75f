// Every answer says when this service ends; after that day it answers only that, and whom to ask.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clock, endNotice } from '../../src/guardrails/end-date.ts';
import { lifecycle } from '../../src/guardrails/lifecycle.ts';
import { startApp } from '../support.ts';

const { now } = clock;
const ends = lifecycle.stage !== 'production';
let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.stop());
afterEach(() => void (clock.now = now));

test('answers carry the last second of the end date (Sunset, RFC 8594)', async () => {
  const { headers } = await fetch(`${app.url}/livez`);
  const lastSecond = new Date(`${lifecycle.endsOn}T23:59:59Z`).toUTCString();
  expect(headers.get('sunset')).toBe(ends ? lastSecond : null);
});

test('on its last day it still answers, the day after it names its owner: without a restart', async () => {
  clock.now = () => daysAfterTheEnd(0);
  expect((await ask()).status).toBe(401);

  clock.now = () => daysAfterTheEnd(1);
  const answer = await ask();
  expect(answer.status).toBe(ends ? 503 : 401);
  if (ends) expect(await answer.text()).toContain(`Ask ${lifecycle.owner}`);
});

test('after that day, too, whoever runs it can see that it is alive', async () => {
  clock.now = () => daysAfterTheEnd(1);
  expect((await fetch(`${app.url}/livez`)).status).toBe(200);
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
});

test.each([
  [-15, undefined],
  [-14, '14 days from now'],
  [0, `ends on ${lifecycle.endsOn}`],
  [1, `was to end on ${lifecycle.endsOn}: ask ${lifecycle.owner}`],
])('%i days after the end date the log warns of %s', (days, notice) => {
  const expected = ends && notice !== undefined ? expect.stringContaining(notice) : undefined;
  expect(endNotice(daysAfterTheEnd(days))).toEqual(expected);
});

function ask(): Promise<Response> {
  return fetch(`${app.url}/nothing-here`);
}

function daysAfterTheEnd(days: number): Date {
  return new Date(Date.parse(`${lifecycle.endsOn}T12:00:00Z`) + days * 86_400_000);
}
