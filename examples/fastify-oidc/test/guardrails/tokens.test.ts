// Only a token that our sign-in service signed, for this app, and that is still valid, lets anybody in.
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { config } from '../../src/guardrails/config.ts';
import { issuer } from '../identity-setup.ts';
import { signInAs } from '../identity.ts';
import { startApp } from '../support.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.stop());

const now = Math.floor(Date.now() / 1000);
const good = { iss: config.OIDC_ISSUER, aud: config.OIDC_AUDIENCE, sub: 'somebody', roles: ['admin'], exp: now + 600 };
const without = (name: keyof typeof good): JWTPayload => ({ ...good, [name]: undefined });

function me(token: string): Promise<Response> {
  return fetch(`${app.url}/auth/me`, { headers: { authorization: `Bearer ${token}` } });
}

test('a good token lets its user in, with the roles of the claim', async () => {
  const response = await me(await issuer.sign({ ...good, email: 'somebody@example.com' }));
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ id: 'somebody', email: 'somebody@example.com', roles: ['admin'] });
});

test.each([
  ['for another app', { ...good, aud: 'another' }],
  ['of another issuer', { ...good, iss: 'https://evil.example' }],
  ['that is over', { ...good, exp: now - 60 }],
  ['that is not valid yet', { ...good, nbf: now + 60 }],
  ['without an end', without('exp')],
  ['without a user', without('sub')],
  ['with an empty user', { ...good, sub: '' }],
  ['without an app', without('aud')],
  ['without an issuer', without('iss')],
])('a token %s is refused', async (_name, claims) => {
  expect((await me(await issuer.sign(claims))).status).toBe(401);
});

test('a token that is not signed at all is refused', async () => {
  const unsigned = new UnsecuredJWT(good).encode();
  expect((await me(unsigned)).status).toBe(401);
  const [, body] = (await issuer.sign(good)).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  expect((await me(`${header}.${body}.`)).status).toBe(401);
});

test('a token signed with the public key as if it were a password is refused', async () => {
  const [key] = ((await (await fetch(`${issuer.url}/keys`)).json()) as { keys: { kid: string }[] }).keys;
  const pair = await generateKeyPair('ES256', { extractable: true });
  for (const secret of [JSON.stringify(key), await exportSPKI(pair.publicKey)]) {
    const header = { alg: 'HS256', kid: key!.kid };
    const token = await new SignJWT(good).setProtectedHeader(header).sign(new TextEncoder().encode(secret));
    expect((await me(token)).status).toBe(401);
  }
});

test('a token signed by anybody else is refused, whichever key it names', async () => {
  const [key] = ((await (await fetch(`${issuer.url}/keys`)).json()) as { keys: { kid: string }[] }).keys;
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  for (const header of [{ kid: key!.kid }, { kid: 'unknown' }, {}, { kid: key!.kid, jwk }]) {
    const token = await new SignJWT(good).setProtectedHeader({ alg: 'ES256', ...header }).sign(privateKey);
    expect((await me(token)).status).toBe(401);
  }
});

test('a changed token, half a token and noise are refused', async () => {
  const [header, , signature] = (await issuer.sign({ ...good, roles: [] })).split('.');
  const claims = Buffer.from(JSON.stringify(good)).toString('base64url');
  for (const token of [`${header}.${claims}.${signature}`, `${header}.${claims}`, 'a.b.c', '...', 'noise', '%00']) {
    expect((await me(token)).status, token).toBe(401);
  }
});

test('a token in a cookie or in the address does not count', async () => {
  const token = await issuer.sign(good);
  expect((await fetch(`${app.url}/auth/me?access_token=${token}`)).status).toBe(401);
  expect((await fetch(`${app.url}/auth/me`, { headers: { cookie: `token=${token}` } })).status).toBe(401);
});

test('a token is checked once and then remembered for a while', async () => {
  const verify = vi.spyOn(crypto.subtle, 'verify');
  const { headers, userId } = await signInAs(app.url);
  for (let round = 0; round < 3; round += 1) {
    const response = await fetch(`${app.url}/auth/me`, { headers });
    expect(await response.json()).toEqual({ id: userId, roles: ['user'] });
  }
  expect(verify).toHaveBeenCalledTimes(1);
});
