import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { accessFor, startIssuer, type Issuer } from './oidc-browser.ts';
import { cleanUp, writePrototype } from './prototype.ts';

afterAll(cleanUp);

const verifier = 'v'.repeat(43);
const asked = {
  response_type: 'code',
  client_id: 'this-app',
  redirect_uri: 'http://localhost:3000/sign-in/callback',
  state: 'a-state',
  nonce: 'a-nonce',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};

describe.each(['cjs', 'mjs'] as const)('the sign-in service of one machine, %s', (dialect) => {
  const prototype = writePrototype('issuer', 'express-5', dialect, accessFor('express-5'), { identity: 'oidc' });
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await startIssuer(prototype, usersNode);
  });
  afterAll(() => issuer.stop());

  const open = (more: object = {}): Promise<Response> =>
    fetch(`${issuer.url}/authorize?${new URLSearchParams({ ...asked, ...more })}`);

  async function codeFor(email: string): Promise<string> {
    const body = new URLSearchParams({ email, roles: '' });
    const address = `${issuer.url}/authorize?${new URLSearchParams(asked)}`;
    const answer = await fetch(address, { method: 'POST', body, redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect([back.origin, back.searchParams.get('state')]).toEqual(['http://localhost:3000', 'a-state']);
    return back.searchParams.get('code') ?? '';
  }

  async function redeem(code: string, more: object = {}): Promise<number> {
    const { redirect_uri } = asked;
    const form = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier, ...more };
    const answer = await fetch(`${issuer.url}/token`, { method: 'POST', body: new URLSearchParams(form) });
    return answer.status;
  }

  test('says what to do, with lines to paste', () => {
    for (const line of [`OIDC_ISSUER=${issuer.url}`, 'OIDC_CLIENT_ID=this-app', 'AUTH_SECRET='])
      expect(issuer.output).toContain(`\n${line}`);
  });

  test('offers people with and without the roles that the app asks for', async () => {
    const page = await (await open()).text();
    expect(page).toContain('http://localhost:3000');
    for (const email of ['anna@example.com', 'ben@example.com', 'admin@example.com']) expect(page).toContain(email);
  });

  test.each([
    ['for an app elsewhere', { redirect_uri: 'https://evil.example/sign-in/callback' }],
    ['for an app that only begins like one here', { redirect_uri: 'http://localhost.evil.example/' }],
    ['for one who hides it', { redirect_uri: 'http://localhost:1@evil.example/' }],
    ['without PKCE', { code_challenge: '' }],
    ['with a plain challenge', { code_challenge_method: 'plain' }],
  ])('has no page %s', async (_, wrong) => {
    expect((await open(wrong)).status).toBe(400);
  });

  test('a code counts once, with its verifier, for the address that asked', async () => {
    const code = await codeFor('anna@example.com');
    expect(await redeem(code)).toBe(200);
    expect(await redeem(code)).toBe(400);
    expect(await redeem(await codeFor('anna@example.com'), { code_verifier: 'w'.repeat(43) })).toBe(400);
    expect(await redeem(await codeFor('anna@example.com'), { redirect_uri: 'http://localhost:1/' })).toBe(400);
  });

  test('other web sites get nothing', async () => {
    const address = `${issuer.url}/token-for?email=anna@example.com`;
    expect((await fetch(address)).status).toBe(200);
    expect((await fetch(address, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    const rebound = await new Promise((done, fail) => {
      const headers = { host: `evil.example:${new URL(address).port}` };
      request(address, { headers }, ({ statusCode }) => done(statusCode))
        .on('error', fail)
        .end();
    });
    expect(rebound).toBe(403);
  });

  test('is not for production', async () => {
    await expect(startIssuer(prototype, usersNode, { NODE_ENV: 'production' })).rejects.toThrow(
      'ended with 2: this is not for production',
    );
  });
});
