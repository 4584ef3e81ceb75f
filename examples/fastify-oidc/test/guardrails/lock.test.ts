// Shows that even when the gate sleeps, no handler of a route runs: each route has a lock of its own.
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import { addRoute, listen } from '../../src/guardrails/framework.ts';

vi.mock('../../src/guardrails/gate.ts', async (original) => ({
  ...(await original<object>()),
  gate: { name: 'a gate that sleeps' },
}));
vi.mock('../../src/guardrails/access.ts', async (original) => {
  const { access } = await original<typeof import('../../src/guardrails/access.ts')>();
  return { access: { ...access, 'GET /shown': { open: 'for this test' }, 'GET /kept': 'user' } };
});

test.each(['/shown', '/kept'])('the handler of %s does not run', async (path) => {
  const handler = vi.fn(() => ({ status: 200 }));
  const app = createApp();
  for (const each of ['/shown', '/kept']) addRoute(app, 'GET', each, handler);
  const server = await listen(app, { port: 0, host: '127.0.0.1' });
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  expect(response.status).toBe(503);
  expect(handler).not.toHaveBeenCalled();
  server.close();
});
