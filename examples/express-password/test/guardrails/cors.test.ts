// Proves over real HTTP that only web pages of listed origins may call the app from a browser.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startApp } from '../support.ts';

vi.hoisted(() => vi.stubEnv('CORS_ORIGINS', 'https://app.example.com,https://admin.example.com'));

let app: Awaited<ReturnType<typeof startApp>>;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test.each(['https://evil.example', 'https://app.example.com.evil.example', 'http://app.example.com', 'null'])(
  'a page of %s gets no permission',
  async (origin) => {
    const response = await fetch(`${app.url}/livez`, { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();

    const preflight = await askBefore(origin);
    expect(preflight.status).toBe(403);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  },
);

test.each(['https://app.example.com', 'https://admin.example.com'])('a page of %s may call', async (origin) => {
  const response = await fetch(`${app.url}/livez`, { headers: { origin } });
  expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  expect(response.headers.get('vary')).toContain('Origin');

  const preflight = await askBefore(origin);
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
});

test('a plain OPTIONS request is no preflight and opens nothing', async () => {
  const response = await fetch(`${app.url}/expenses`, {
    method: 'OPTIONS',
    headers: { origin: 'https://app.example.com' },
  });
  expect(response.status).toBeGreaterThanOrEqual(400);
});

/** What a browser asks before it sends a request that could change something. */
function askBefore(origin: string): Promise<Response> {
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  return fetch(`${app.url}/expenses`, { method: 'OPTIONS', headers });
}
