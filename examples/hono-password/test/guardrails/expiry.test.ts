// Every answer says when this service ends, the log warns two weeks before, and it goes on until somebody ends it.
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

test('the service goes on after that day', async () => {
  clock.now = () => daysAfterTheEnd(1);
  expect((await fetch(`${app.url}/livez`)).status).toBe(200);
  expect((await fetch(`${app.url}/nothing-here`)).status).toBeLessThan(500);
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

function daysAfterTheEnd(days: number): Date {
  return new Date(Date.parse(`${lifecycle.endsOn}T12:00:00Z`) + days * 86_400_000);
}
