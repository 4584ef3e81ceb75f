// Shows that where an address fits several routes, the strictest rule holds: no route is a side door to another.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import { addRoute, listen } from '../../src/guardrails/framework.ts';
import { signedIn } from '../support.ts';
import type { AddressInfo } from 'node:net';
import { startApp } from '../support.ts';

vi.mock('../../src/guardrails/access.ts', async (original) => {
  const { access } = await original<typeof import('../../src/guardrails/access.ts')>();
  const overlapping = {
    'GET /rooms/:name': 'user',
    'GET /rooms/safe': { anyOf: ['admin'] },
    'GET /pages/draft': 'user',
    'GET /pages/:name': { open: 'pages are public' },
    'GET /pages/:name/edit': 'user',
  };
  return { access: { ...access, ...overlapping } };
});

let url = '';
const app = await startApp();
const overlapping = createApp();

beforeAll(async () => {
  for (const path of ['/rooms/:name', '/rooms/safe', '/pages/draft', '/pages/:name', '/pages/:name/edit']) {
    addRoute(overlapping, 'GET', path, () => ({ status: 200, body: path }));
  }
  const server = await listen(overlapping, { port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return () => server.close();
});
afterAll(() => app.stop());

async function statusOf(path: string, headers: Record<string, string> = {}): Promise<number> {
  return (await fetch(`${url}${path}`, { headers })).status;
}

test('a route for everybody does not lead to a page for users', async () => {
  expect(await statusOf('/pages/today')).toBe(200);
  expect(await statusOf('/pages/draft')).toBe(401);
  expect(await statusOf('/pages/dr%61ft')).toBe(401);
  expect(await statusOf('/pages/today/edit')).toBe(401);
});

test('a route for users does not lead to a room for admins', async () => {
  const [somebody, admin] = [await signedIn(), await signedIn('admin')];
  expect(await statusOf('/rooms/kitchen', somebody.headers)).toBe(200);
  expect(await statusOf('/rooms/safe', somebody.headers)).toBe(403);
  expect(await statusOf('/rooms/s%61fe', somebody.headers)).toBe(403);
  expect(await statusOf('/rooms/safe', admin.headers)).toBe(200);
});
