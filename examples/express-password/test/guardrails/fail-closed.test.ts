// Shows that whatever is missing or wrong closes the door: a rule, a user, the guard itself, or the way to find out who calls.
import { describe, expect, test, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import { anyOf, checkedTable, decide, open } from '../../src/guardrails/access-rules.ts';
import { currentUser, type Call } from '../../src/guardrails/call.ts';
import { addRoute, listen } from '../../src/guardrails/framework.ts';
import { lock } from '../../src/guardrails/gate.ts';
import { guard } from '../../src/guardrails/index.ts';
import { startApp } from '../support.ts';

vi.mock('../../src/guardrails/authenticate.ts', async (original) => ({
  ...(await original<object>()),
  authenticate: () => Promise.reject(new Error('the users cannot be read')),
}));

const somebody = { id: 'somebody', roles: ['reader'] };
const admin = { id: 'admin', roles: ['admin'] };

describe('the rules', () => {
  test('a route without a rule lets nobody in', () => {
    expect(decide(undefined, undefined)).toBe('sign in');
    expect(decide(undefined, somebody)).toBe('forbidden');
    expect(decide(undefined, admin)).toBe('forbidden');
  });

  test('a rule for users keeps strangers out, a rule for a role keeps everybody else out', () => {
    expect(decide('user', undefined)).toBe('sign in');
    expect(decide('user', somebody)).toBe('pass');
    expect(decide(anyOf('admin'), undefined)).toBe('sign in');
    expect(decide(anyOf('admin'), somebody)).toBe('forbidden');
    expect(decide(anyOf('editor', 'admin'), admin)).toBe('pass');
    expect(decide(open('a reason'), undefined)).toBe('pass');
  });

  test('a rule with a spelling mistake lets nobody in', () => {
    expect(decide('users' as 'user', admin)).toBe('forbidden');
    expect(decide({} as 'user', admin)).toBe('forbidden');
  });

  test('opening a door takes a reason, and one door at a time', () => {
    expect(() => open(' ')).toThrow('reason');
    for (const key of ['GET /*', 'ALL /files/*', 'GET /files/*path', 'USE /']) {
      expect(() => checkedTable({ [key]: open('everything') }), key).toThrow(key);
    }
    expect(checkedTable({ 'USE /files': open('pictures') })).toHaveProperty('USE /files');
  });
});

test('the app does not start with a route that is not in the access table, and says which line to add', async () => {
  const app = createApp();
  addRoute(app, 'DELETE', '/forgotten/:id', () => ({ status: 200 }));
  await expect(start(app)).rejects.toThrow(/access\.ts[^]*'DELETE \/forgotten\/:id': 'user',/);
});

test('the guard must be there before the first route', () => {
  expect(() => guard(createApp())).toThrow(/guard\(app\) must come once, and right after/);
});

test('the lock refuses what has not been through the gate, even an open route', () => {
  const call = { req: {}, user: admin, routes: [] } as unknown as Call;
  expect(lock(call, 'GET /livez')?.status).toBe(503);
});

test('there is no current user outside a request', () => {
  expect(() => currentUser()).toThrow('nobody is signed in here');
});

test.each(['/expenses', '/reports/total', '/no-such-address'])(
  '%s is an error, and says nothing, while nobody can tell who is calling',
  async (path) => {
    const { url, stop } = await startApp();
    const response = await fetch(`${url}${path}`, { headers: { authorization: 'Bearer made-up' } });
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(await response.text()).not.toContain('cannot be read');
    await stop();
  },
);

async function start(app: ReturnType<typeof createApp>): Promise<void> {
  const server = await listen(app, { port: 0, host: '127.0.0.1' });
  server.close();
}
