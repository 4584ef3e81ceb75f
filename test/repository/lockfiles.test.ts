import { expect, test } from 'vitest';
import { lockfilesOf } from '../../src/repository/lockfiles.ts';
import { allows } from '../../src/repository/version-ranges.ts';
import { repositoryOf } from '../support/repository.ts';

test.each([
  ['^1.2.3', '1.9.0', true],
  ['^1.2.3', '2.0.0', false],
  ['^0.2.3', '0.3.0', false],
  ['~1.2.3', '1.3.0', false],
  ['1.x', '1.5.0', true],
  ['*', '3.0.0', true],
  ['>=1.2 <2', '2.0.0', false],
  ['1.2.3 - 2.0.0', '1.9.9', true],
  ['^1 || ^2', '2.1.0', true],
  ['>1', '1.5.0', false],
  ['latest', '1.0.0', undefined],
  ['^1.2.3', '1.2.4-beta.1', undefined],
])('%s allows %s: %s', (range, version, expected) => {
  expect(allows(range, version)).toBe(expected);
});

const npm3 = { lockfileVersion: 3, packages: { '': {}, 'node_modules/a': { version: '1.2.3' } } };

test.each([
  ['package-lock.json', JSON.stringify(npm3)],
  ['package-lock.json', JSON.stringify({ lockfileVersion: 1, dependencies: { a: { version: '1.2.3' } } })],
  [
    'pnpm-lock.yaml',
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.2.3\npackages:\n  {broken",
  ],
  ['pnpm-lock.yaml', 'lockfileVersion: 5.4\nspecifiers:\n  a: ^1.0.0\ndependencies:\n  a: 1.2.3\n'],
  ['yarn.lock', '# yarn lockfile v1\n\na@^1.0.0, a@^1.2.0:\n  version "1.2.3"\n'],
  ['yarn.lock', '__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: 1.2.3\n'],
  ['bun.lock', '{ "lockfileVersion": 1, "workspaces": { "": { "dependencies": { "a": "^1.0.0", }, }, }, }'],
])('%s tells what it holds (%#)', (path, text) => {
  const [lock] = lockfilesOf(repositoryOf({ [path]: text }));
  expect(lock?.unreadable).toBeUndefined();
  expect(lock?.holds('', 'a', '^1.0.0')).toBe(true);
  expect(lock?.holds('', 'b', '^1.0.0')).toBe(false);
  expect(lock?.holds('', 'a', '^2.0.0')).toBe(false);
});

test.each([
  ['package-lock.json', '{'],
  ['pnpm-lock.yaml', '<<<<<<< HEAD\nlockfileVersion: 9\n'],
])('a damaged %s says so', (path, text) => {
  const [lock] = lockfilesOf(repositoryOf({ [path]: text }));
  expect(lock?.unreadable).toBe('it is damaged');
  expect(lock?.holds('', 'a', '1')).toBeUndefined();
});
