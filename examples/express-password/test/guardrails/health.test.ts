// Proves that the app says whether it is alive and ready, to anyone, without telling anything else about itself.
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { checks } from '../../src/guardrails/readiness.ts';
import { startApp } from '../support.ts';

let app: Awaited<ReturnType<typeof startApp>>;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());
afterEach(() => vi.restoreAllMocks());

test.each(['/livez', '/readyz'])('%s answers a stranger and holds no internals', async (path) => {
  const response = await fetch(app.url + path);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
});

test.each(Object.keys(checks))('not ready while this check fails: %s', async (name) => {
  vi.spyOn(checks as Record<string, () => unknown>, name).mockImplementation(() => {
    throw new Error('connection to 10.0.0.7 refused');
  });
  const response = await fetch(`${app.url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: 'unavailable' });
  expect((await fetch(`${app.url}/livez`)).status).toBe(200);
});

test('something is checked', () => {
  expect(Object.keys(checks)).not.toEqual([]);
});
