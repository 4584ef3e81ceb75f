// Proves over real HTTP that one address cannot send as many requests as it likes, whatever it says about itself.
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { subscriberOf } from '../../src/guardrails/client-address.ts';
import { config } from '../../src/guardrails/config.ts';
import { startApp } from '../support.ts';

vi.hoisted(() => vi.stubEnv('RATE_LIMIT', '20'));

let app: Awaited<ReturnType<typeof startApp>>;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('after the allowed number of requests: 429, and when to come back', async () => {
  const statuses: number[] = [];
  for (let count = 0; count < config.RATE_LIMIT; count += 1) statuses.push((await ask(count)).status);
  expect(statuses).not.toContain(429);

  const refused = await ask(config.RATE_LIMIT);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(refused.headers.get('ratelimit')).toMatch(/^"default";r=0;t=\d+$/);
  expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await fetch(`${app.url}/livez`)).status).toBe(200);
});

test('all addresses of one IPv6 subscriber count as one', () => {
  expect(subscriberOf('2001:db8:1:2:aaaa::1')).toBe(subscriberOf('2001:db8:1:2:ffff:ffff:ffff:ffff'));
  expect(subscriberOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(subscriberOf('2001:db8:1:2::1')).not.toBe(subscriberOf('2001:db8:1:3::1'));
  expect(subscriberOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
});

test.each([
  ['0', '10.0.0.2'],
  ['1', '10.0.0.1'],
  ['2', '192.0.2.7'],
])('with %s trusted proxies the address is the one that they saw: %s', async (proxies, address) => {
  vi.stubEnv('TRUST_PROXY', proxies);
  vi.resetModules();
  const { clientAddress } = await import('../../src/guardrails/client-address.ts');
  const headers = { 'x-forwarded-for': 'made-up, 192.0.2.7, 10.0.0.1' };
  expect(clientAddress({ headers, socket: { remoteAddress: '10.0.0.2' } } as unknown as IncomingMessage)).toBe(address);
});

/** Another forged address each time: without a proxy that is trusted, it must not help. */
function ask(count: number): Promise<Response> {
  return fetch(`${app.url}/no-such-route`, { headers: { 'x-forwarded-for': `192.0.2.${count % 250}` } });
}
