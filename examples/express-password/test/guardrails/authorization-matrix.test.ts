// Tries every door of the app: as a stranger, as somebody with the wrong role, and as somebody who may come in.
import { afterAll, describe, expect, test } from 'vitest';
import { access } from '../../src/guardrails/access.ts';
import { isOpen, type AccessTable } from '../../src/guardrails/access-rules.ts';
import { listRoutes } from '../../src/guardrails/framework.ts';
import { signedIn, startApp } from '../support.ts';

const table: AccessTable = access;
const app = await startApp();
const routes = listRoutes(app.app);

afterAll(() => app.stop());

/** Asks a route with made-up values in its address and an empty body. */
async function ask(route: string, headers: Record<string, string> = {}, asMethod?: string): Promise<number> {
  const [registered = '', pattern = ''] = route.split(' ');
  const method = asMethod ?? (registered === 'ALL' ? 'GET' : registered);
  const path = pattern.replaceAll(/:\w+|\*\w*/g, 'made-up');
  const body = ['GET', 'HEAD'].includes(method) ? null : '{}';
  const response = await fetch(`${app.url}${path}`, {
    method,
    body,
    redirect: 'manual',
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
  });
  await response.body?.cancel();
  return response.status;
}

test('every route has an entry in the access table, and every entry has a route', () => {
  expect(routes.length).toBeGreaterThan(0);
  expect(routes.filter((route) => !(route in table))).toEqual([]);
  const ofRoutes = Object.keys(table).filter((key) => !/^(USE|UPGRADE) /.test(key));
  expect(ofRoutes.filter((key) => !routes.includes(key))).toEqual([]);
});

describe.each(routes)('%s', (route) => {
  const rule = table[route];

  if (isOpen(rule)) {
    test('lets everybody in', async () => {
      expect([401, 403]).not.toContain(await ask(route));
    });
    return;
  }

  test('refuses strangers', async () => {
    expect(await ask(route)).toBe(401);
    expect(await ask(route, { authorization: 'Bearer made-up', cookie: 'session=made-up' })).not.toBeLessThan(400);
    if (route.startsWith('GET ')) expect(await ask(route, {}, 'HEAD')).toBe(401);
  });

  const roles = typeof rule === 'object' ? rule.anyOf : [undefined];

  if (rule !== 'user') {
    test('refuses people with another role', async () => {
      expect(await ask(route, (await signedIn('somebody-else')).headers)).toBe(403);
    });
  }

  for (const role of roles) {
    test(`lets in ${role ?? 'whoever is signed in'}`, async () => {
      expect([401, 403]).not.toContain(await ask(route, (await signedIn(role)).headers));
    });
  }
});

test('an address that does not exist is 401 for strangers and 404 for whoever is signed in', async () => {
  expect(await ask('GET /no-such-address')).toBe(401);
  expect(await ask('DELETE /no-such-address')).toBe(401);
  expect(await ask('GET /no-such-address', (await signedIn()).headers)).toBe(404);
  expect(await ask('GET /%zz')).toBe(401);
});
