// Proves that a route without tests of its own would be noticed (route-coverage.ts looks at the whole run and fails it).
import { expect, test } from 'vitest';
import { anyOf, open } from '../../src/guardrails/access-rules.ts';
import { missingTests } from './route-coverage.ts';

const table = {
  'GET /things/:id': 'user',
  'GET /things/mine': anyOf('admin'),
  'POST /things': 'user',
  'GET /livez': open('probes'),
} as const;
const tested = [
  { method: 'GET', path: '/things/7', status: 200 },
  { method: 'GET', path: '/things/7', status: 401 },
  { method: 'GET', path: '/things/mine', status: 200 },
  { method: 'HEAD', path: '/things/mine', status: 403 },
  { method: 'POST', path: '/things', status: 201 },
  { method: 'POST', path: '/things/', status: 401 },
  { method: 'POST', path: '/things', status: 400 },
  { method: 'GET', path: '/livez', status: 200 },
];

test('good, refused and wrong requests to every route: nothing is missing', () => {
  expect(missingTests(table, tested)).toEqual([]);
});

test.each(tested.map((_, index) => index))('without request %i something is missing', (index) => {
  expect(missingTests(table, tested.toSpliced(index, 1))).toHaveLength(1);
});

test('a test that merely walks over all routes does not count as one of a route', () => {
  const walk = 'test/guardrails/input-validation.test.ts';
  const walked = tested.map((hit) => ({ ...hit, test: walk }));
  expect(missingTests(table, walked)).toEqual(
    Object.keys(table).map((key) => `${key}: no test of its own gets a good answer`),
  );
});
