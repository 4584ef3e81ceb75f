// Shows that nobody gets in while the app cannot find out who is calling.
import { afterAll, expect, test, vi } from 'vitest';
import { startApp } from '../support.ts';

vi.mock('../../src/guardrails/authenticate.ts', async (original) => ({
  ...(await original<object>()),
  authenticate: () => Promise.reject(new Error('the users cannot be read')),
}));

const app = await startApp();
afterAll(() => app.stop());

test.each(['/expenses', '/reports/total', '/no-such-address'])('%s is an error, and says nothing', async (path) => {
  const response = await fetch(`${app.url}${path}`, { headers: { authorization: 'Bearer made-up' } });
  expect(response.status).toBeGreaterThanOrEqual(500);
  expect(await response.text()).not.toContain('cannot be read');
});
