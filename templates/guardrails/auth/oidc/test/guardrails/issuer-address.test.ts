// Keys are fetched over encrypted lines only; a sign-in service on the same machine is for trying things out.
import { expect, test, vi } from 'vitest';

async function startWith(issuer: string, environment: string): Promise<unknown> {
  vi.resetModules();
  vi.doMock('../../src/guardrails/config.ts', () => ({ config: { OIDC_ISSUER: issuer, NODE_ENV: environment } }));
  return import('../../src/guardrails/issuer.ts');
}

test.each([
  ['http://127.0.0.1:4100', 'production'],
  ['http://sign-in.example.com', 'development'],
  ['ftp://127.0.0.1', 'development'],
])('%s is refused in %s', async (issuer, environment) => {
  await expect(startWith(issuer, environment)).rejects.toThrow('https');
});

test.each([
  ['https://sign-in.example.com', 'production'],
  ['http://127.0.0.1:4100', 'development'],
])('%s is accepted in %s', async (issuer, environment) => {
  await expect(startWith(issuer, environment)).resolves.toHaveProperty('issuerKeys');
});
