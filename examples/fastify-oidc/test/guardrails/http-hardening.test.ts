// Proves over real HTTP that every kind of answer protects browsers, that oversized requests are refused, and that errors leak nothing.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedIn, startApp } from '../support.ts';

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
  test('2 MB that are announced are refused before anybody looks at who is calling', async () => {
    const response = await fetch(`${app.url}/expenses`, { method: 'POST', body: twoMegabytes });
    expect(response.status).toBe(413);
  });

  test('2 MB that are not announced are refused while they come in', async () => {
    expect(await sendChunks('/expenses', 32)).toBe(413);
  });

  test('a small request that is not announced is read as usual', async () => {
    expect(await sendChunks('/expenses', 1)).toBe(400);
  });
});

describe('errors', () => {
  test('an unknown route tells nothing about the app', async () => {
    const response = await fetch(`${app.url}/no-such-route`);
    expect(response.status).toBeOneOf([401, 404]);
    expectNoInternals(await response.text());
  });

  test('malformed JSON is refused without a word about the app', async () => {
    const { headers } = await signedIn();
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: '{bad' };
    const response = await fetch(`${app.url}/expenses`, init);
    expect(response.status).toBe(400);
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

/** Sends 64 kB pieces of one long text, as whoever does not know its length does. */
async function sendChunks(path: string, count: number): Promise<number | undefined> {
  const { headers } = await signedIn();
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const sent = { ...headers, 'content-type': 'application/json' };
  const sending = request(app.url + path, { method: 'POST', headers: sent }, (answer) =>
    resolve(answer.resume().statusCode),
  );
  sending.on('error', reject);
  sending.write('"');
  for (let number = 0; number < count; number += 1) sending.write('x'.repeat(65_536));
  sending.end('"');
  return promise;
}

function expectNoInternals(text: string): void {
  expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules|\/src\/|SQLITE|SELECT |secret/);
}
