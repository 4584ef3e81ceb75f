import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { ask, cleanUp, start, writePrototype, type Started } from './prototype.ts';

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2048 });
const issuer = createServer((req, res) => {
  const address = addressOf();
  const keys = [{ ...ours.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }];
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify(req.url === '/keys' ? { keys } : { issuer: address, jwks_uri: `${address}/keys` }));
});
beforeAll(() => once(issuer.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => {
  issuer.close();
  cleanUp();
});

const access = {
  'GET /api/notes': "'user'",
  'POST /api/notes': "'user'",
  'GET /api/notes/:id': "'user'",
  'GET /api/notes/:id/tags': "'user'",
  'DELETE /api/notes/:id/tags': "anyOf('admin')",
  'GET /api/team/:team/inner/people': "'user'",
  'GET /health': "open('asked for by the load balancer')",
  'GET /echo/:word': "'user'",
  'GET /broken': "'user'",
  'USE /': "'user'",
  'USE /app/files': "'user'",
  'USE /docs': "'user'",
  'USE /proxy': "'user'",
  'GET  /^\\/app/': "'user'",
};

describe.each(['cjs', 'mjs'] as const)('tokens of a sign-in service, %s', (dialect) => {
  let app: Started;
  beforeAll(async () => {
    const prototype = writePrototype('oidc', 'express-5', dialect, access, { identity: 'oidc' });
    app = await start(prototype, usersNode, { OIDC_ISSUER: addressOf(), OIDC_AUDIENCE: 'prototype' });
  });
  afterAll(() => app.stop());

  const later = Math.floor(Date.now() / 1000) + 600;

  test.each([
    ['a good one', {}, ours.privateKey, 200],
    ['for another app', { aud: 'another' }, ours.privateKey, 401],
    ['that is over', { exp: 1 }, ours.privateKey, 401],
    ['without an end', { exp: undefined }, ours.privateKey, 401],
    ['signed by somebody else', {}, others.privateKey, 401],
  ])('%s', async (_, claims, key, status) => {
    const payload = { iss: addressOf(), aud: 'prototype', sub: 'anna', exp: later, roles: ['admin'], ...claims };
    const headers = { authorization: `Bearer ${tokenOf(payload, key)}` };
    expect((await ask(app, 'GET /api/notes', headers)).status).toBe(status);
    expect((await ask(app, 'DELETE /api/notes/1/tags', headers)).status).toBe(status === 200 ? 204 : 401);
  });

  test('a stranger who asks for a page is not sent anywhere', async () => {
    expect((await ask(app, 'GET /', { accept: 'text/html' })).status).toBe(401);
  });
});

function addressOf(): string {
  return `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
}

function tokenOf(payload: object, key: KeyObject): string {
  const text = [{ alg: 'RS256', kid: 'one' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}
