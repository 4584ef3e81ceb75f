// The memory of checked tokens is small, short and never longer than a token's own life.
import { expect, test } from 'vitest';
import { rolesOf } from '../../src/guardrails/roles.ts';
import { recall, remember } from '../../src/guardrails/token-cache.ts';

const user = { id: 'somebody', roles: [] };
const start = Date.now();
const seconds = (count: number): number => Math.floor(start / 1000) + count;

test('a token is forgotten when it ends', () => {
  remember('short', user, seconds(10), start);
  expect(recall('short', start + 5_000)).toBe(user);
  expect(recall('short', start + 10_000)).toBeUndefined();
});

test('a token that lives long is checked again after five minutes', () => {
  remember('long', user, seconds(86_400), start);
  expect(recall('long', start + 299_000)).toBe(user);
  expect(recall('long', start + 300_000)).toBeUndefined();
});

test('only the thousand newest are remembered', () => {
  for (let number = 0; number <= 1000; number += 1) remember(`token ${number}`, user, seconds(60), start);
  expect(recall('token 0', start)).toBeUndefined();
  expect(recall('token 1000', start)).toBe(user);
});

test.each([
  ['roles', { roles: ['admin', 7, ''] }, ['admin']],
  ['scope', { scope: 'read  write' }, ['read', 'write']],
  ['realm_access.roles', { realm_access: { roles: ['admin'] } }, ['admin']],
  ['https://app.example/roles', { 'https://app.example/roles': ['admin'] }, ['admin']],
  ['roles', {}, []],
  ['constructor.name', {}, []],
  ['roles', { roles: { admin: true } }, []],
])('the claim %s of %j gives the roles %j', (claim, claims, roles) => {
  expect(rolesOf(claims, claim)).toEqual(roles);
});
