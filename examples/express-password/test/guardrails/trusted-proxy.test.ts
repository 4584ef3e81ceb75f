// Proves that behind proxies the address is the one that the trusted proxies saw, not one that the caller made up.
import type { IncomingMessage } from 'node:http';
import { expect, test, vi } from 'vitest';

const forwarded = {
  headers: { 'x-forwarded-for': 'made-up, 192.0.2.7, 10.0.0.1' },
  socket: { remoteAddress: '10.0.0.2' },
};

test.each([
  ['0', '10.0.0.2'],
  ['1', '10.0.0.1'],
  ['2', '192.0.2.7'],
])('with TRUST_PROXY=%s the caller is %s', async (proxies, address) => {
  vi.stubEnv('TRUST_PROXY', proxies);
  vi.resetModules();
  const { clientAddress } = await import('../../src/guardrails/client-address.ts');
  expect(clientAddress(forwarded as unknown as IncomingMessage)).toBe(address);
});
