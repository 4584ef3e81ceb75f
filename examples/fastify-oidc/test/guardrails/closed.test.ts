// Proves that the emergency stop closes every address but /livez, and names the owner.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listRoutes } from '../../src/guardrails/framework.ts';
import { lifecycle } from '../../src/guardrails/lifecycle.ts';
import { startApp } from '../support.ts';

vi.hoisted(() => vi.stubEnv('APP_CLOSED', '1'));

let app: Awaited<ReturnType<typeof startApp>>;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('every route but /livez answers 503 and names the owner', async () => {
  const routes = listRoutes(app.app).filter((route) => route !== 'GET /livez');
  expect(routes).toContain('GET /readyz');
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    const response = await fetch(app.url + path, { method });
    expect(response.status, route).toBe(503);
    expect(await response.text(), route).toContain(lifecycle.owner);
  }
  expect((await fetch(`${app.url}/no-such-route`)).status).toBe(503);
  expect((await fetch(`${app.url}/livez`)).status).toBe(200);
});
