// Proves over real HTTP that every kind of answer protects browsers, that oversized requests are refused, and that errors leak nothing.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp } from '../support.ts';

const twoMegabytes = 'x'.repeat(2 * 1_048_576);
let app: Awaited<ReturnType<typeof startApp>>;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

describe('headers', () => {
  const kinds: Record<string, RequestInit & { readonly path: string }> = {
    'an open route': { path: '/livez' },
    'a route for users': { path: '/expenses' },
    'an unknown route': { path: '/no-such-route' },
    'a wrong method': { path: '/livez', method: 'DELETE' },
    'a request that is too large': { path: '/expenses', method: 'POST', body: twoMegabytes },
    'a preflight': { path: '/expenses', method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } },
  };
  test.each(Object.entries(kinds))('%s carries them', async (_kind, { path, ...init }) => {
    const { headers } = await fetch(app.url + path, init);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });
});

describe('request size', () => {
  test('2 MB that are announced are refused', async () => {
    const response = await fetch(`${app.url}/expenses`, { method: 'POST', body: twoMegabytes });
    expect(response.status).toBe(413);
  });
});

describe('errors', () => {
  test('an unknown route tells nothing about the app', async () => {
    const response = await fetch(`${app.url}/no-such-route`);
    expect(response.status).toBeOneOf([401, 404]);
    expectNoInternals(await response.text());
  });

  test('a request that is not HTTP leaves the app running', async () => {
    const status = await new Promise((resolve) => {
      request(`${app.url}/livez`, { headers: { 'content-length': '1' } }, (answer) => resolve(answer.statusCode)).end(
        'x',
      );
    });
    expect(status).toBe(200);
  });
});

function expectNoInternals(text: string): void {
  expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules|\/src\/|SQLITE|SELECT |secret/);
}
