// Keys are fetched over encrypted lines only; a sign-in service on the same machine is for trying things out.
import { expect, test, vi } from 'vitest';

async function startWith(
  issuer: string,
  environment: string,
): Promise<typeof import('../../src/guardrails/issuer.ts')> {
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

test.each([
  ['speaks for another issuer', 200, { issuer: 'https://evil.example', jwks_uri: 'https://sign-in.example.com/keys' }],
  ['names keys on an open line', 200, { issuer: 'https://sign-in.example.com', jwks_uri: 'http://example.com/keys' }],
  ['answers with an error', 500, { issuer: 'https://sign-in.example.com', jwks_uri: 'https://sign-in.example.com/k' }],
])('a sign-in service that %s is not believed', async (_name, status, metadata) => {
  const { issuerKeys, IssuerUnavailable } = await startWith('https://sign-in.example.com', 'production');
  const asked = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(metadata, { status }));
  await expect(issuerKeys()).rejects.toThrow(IssuerUnavailable);
  await expect(issuerKeys()).rejects.toThrow(IssuerUnavailable);
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
});
