// Whoever complains can be helped: each answer carries a number, and the log has one line under that number.
import { afterAll, expect, test } from 'vitest';
import { runApp } from '../telemetry/run-app.ts';

const app = await runApp({ OTEL_EXPORTER_OTLP_ENDPOINT: '' });
afterAll(() => app.stop());

/** Asks for something under a request id; gives back the id of the answer and the lines of the log that have it. */
async function ask(path: string, requestId: string) {
  const answer = await app.get(path, { 'x-request-id': requestId });
  const id = answer.headers.get('x-request-id');
  const lines = () => app.logLines().filter((line) => line.request_id === id && line.msg === 'request');
  await expect.poll(lines, { timeout: 5_000 }).toHaveLength(1);
  return { id, line: lines()[0] };
}

test('a request has one line, with nothing in it of what was sent', async () => {
  const { id, line } = await ask('/expenses?limit=5', 'checkout-4711');
  expect(id).toBe('checkout-4711');
  expect(line).toMatchObject({ level: 'info', method: 'GET', route: '/expenses', status: 200 });
  const known = [
    'duration_ms',
    'level',
    'method',
    'msg',
    'request_id',
    'route',
    'service',
    'status',
    'time',
    'user_id',
  ];
  expect(Object.keys(line ?? {}).filter((name) => !known.includes(name))).toEqual([]);
});

test.each(['x', 'with spaces in it', '../../etc/passwd', 'x'.repeat(200)])(
  'a number that is not fit for a log is replaced: %s',
  async (given) => {
    const { id } = await ask('/expenses', given);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  },
);

test('what does not exist is logged without a route', async () => {
  const { line } = await ask('/no/such/place', 'checkout-4712');
  expect(line).toMatchObject({ method: 'GET' });
  expect(line).not.toHaveProperty('route');
});

test('without a collector nothing is said about telemetry', () => {
  expect(app.output()).not.toMatch(/telemetry/i);
});
