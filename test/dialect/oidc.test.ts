import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { accessFor } from './oidc-browser.ts';
import { others, ours, startStub, tokenOf, type Stub } from './oidc-stub.ts';
import { ask, cleanUp, start, writePrototype, type Started } from './prototype.ts';

let service: Stub;
beforeAll(async () => {
  service = await startStub();
});
afterAll(async () => {
  await service.stop();
  cleanUp();
});

describe.each(['cjs', 'mjs'] as const)('tokens of a sign-in service, %s', (dialect) => {
  let app: Started;
  beforeAll(async () => {
    const prototype = writePrototype('oidc', 'express-5', dialect, accessFor('express-5'), { identity: 'oidc' });
    app = await start(prototype, usersNode, { OIDC_ISSUER: service.url, OIDC_AUDIENCE: 'prototype' });
  });
  afterAll(() => app.stop());

  const later = Math.floor(Date.now() / 1000) + 600;

  test.each([
    ['a good one', {}, ours, 200],
    ['for another app', { aud: 'another' }, ours, 401],
    ['that is over', { exp: 1 }, ours, 401],
    ['without an end', { exp: undefined }, ours, 401],
    ['signed by somebody else', {}, others, 401],
  ])('%s', async (_, claims, key, status) => {
    const payload = { iss: service.url, aud: 'prototype', sub: 'anna', exp: later, roles: ['admin'], ...claims };
    const headers = { authorization: `Bearer ${tokenOf(payload, key)}` };
    expect((await ask(app, 'GET /api/notes', headers)).status).toBe(status);
    expect((await ask(app, 'DELETE /api/notes/1/tags', headers)).status).toBe(status === 200 ? 204 : 401);
  });

  test('a stranger who asks for a page is not sent anywhere', async () => {
    expect((await ask(app, 'GET /', { accept: 'text/html' })).status).toBe(401);
  });
});
