import { expect, test } from 'vitest';
import type { Exchange } from '../../src/boot/ask.ts';
import { metIn } from '../../src/boot/probe.ts';
import { seenByStranger } from '../../src/boot/stranger.ts';
import type { BootResult } from '../../src/boot/boot.ts';
import type { Server } from '../../src/frameworks/server.ts';
import type { RuleFinding } from '../../src/rules/rule.ts';

const exchange = (status: number | undefined, location?: string): Exchange => ({
  method: 'GET',
  path: '/orders',
  status,
  headers: location === undefined ? {} : { location },
  body: '',
});

test.each([
  [200, undefined, 'answered'],
  [204, undefined, 'answered'],
  [299, undefined, 'reached'],
  [401, undefined, 'refused'],
  [403, undefined, 'forbidden'],
  [400, undefined, 'unclear'],
  [429, undefined, 'unclear'],
  [404, undefined, 'unclear'],
  [500, undefined, 'unclear'],
  [undefined, undefined, 'unclear'],
  [302, '/login?next=%2Forders', 'refused'],
  [302, 'https://id.example/oauth2/authorize', 'refused'],
  [301, 'https://localhost/orders', 'unclear'],
  [302, '/authors', 'unclear'],
])('%s to %s means %s', (status, location, met) => {
  expect(metIn(exchange(status, location))).toBe(met);
});

const open: RuleFinding = {
  verdict: 'fail',
  message: 'open',
  where: { path: 'server.js', line: 1 },
  confidence: 'likely',
  remedy: 'close it',
  key: 'GET /orders',
};

test.each([
  [403, 'likely'],
  [429, 'likely'],
  [200, 'certain'],
])('what was read as open stays after %s, %s', (status, confidence) => {
  expect(seen([open], status)).toMatchObject([{ verdict: 'fail', confidence }]);
});

test('a refusal takes the place of what was read', () => {
  expect(seen([open], 401)).toMatchObject([{ verdict: 'pass' }]);
});

test('an answer that was not foreseen is a failure, a 403 is none', () => {
  expect(seen([], 200)).toMatchObject([{ verdict: 'fail', confidence: 'certain', evidence: 'GET /orders -> 200' }]);
  expect(seen([], 403)).toMatchObject([{ verdict: 'pass' }]);
});

function seen(read: readonly RuleFinding[], status: number): readonly RuleFinding[] {
  const asked = exchange(status);
  const route = {
    framework: 'express',
    method: 'GET',
    path: '/orders',
    stoppable: true,
    met: metIn(asked),
    exchange: asked,
  };
  return seenByStranger(read, { routes: [route] } as unknown as BootResult, { routes: [] } as unknown as Server);
}
