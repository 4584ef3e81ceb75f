import { expect, test } from 'vitest';
import { packageJsonFrom } from '../../src/repository/package-json.ts';

const read = (text: string) => packageJsonFrom('package.json', text);

test('a usual package.json is read', () => {
  const manifest = read('{"name":"a","type":"module","scripts":{"start":"node ."},"dependencies":{"koa":"2"}}');
  expect(manifest).toMatchObject({ name: 'a', type: 'module', private: false });
  expect([...(manifest?.scripts ?? [])]).toEqual([['start', 'node .']]);
  expect([...(manifest?.dependencies ?? [])]).toEqual([['koa', '2']]);
});

test('comments and commas too many are forgiven', () => {
  expect(read('{ // mine\n "name": "a", }')?.name).toBe('a');
});

test('what has the wrong type is left out', () => {
  const manifest = read(
    JSON.stringify({
      name: ['a'],
      type: {},
      main: 1,
      private: 'true',
      packageManager: null,
      scripts: 'start',
      dependencies: ['express'],
      devDependencies: { vitest: 5, jest: '1' },
      optionalDependencies: null,
      peerDependencies: true,
      engines: 20,
      workspaces: { packages: [1, 'a', null] },
      bin: [1],
    }),
  );
  expect(manifest).toEqual({
    path: 'package.json',
    name: undefined,
    type: undefined,
    main: undefined,
    private: false,
    packageManager: undefined,
    scripts: new Map(),
    dependencies: new Map(),
    devDependencies: new Map([['jest', '1']]),
    optionalDependencies: new Map(),
    peerDependencies: new Map(),
    engines: new Map(),
    workspaces: ['a'],
    bin: [],
  });
});

test.each([
  ['as JSON', '{"__proto__":{"name":"evil","private":true},"dependencies":{"__proto__":"1","constructor":"2"}}'],
  ['as JSON with comments', '{/**/"__proto__":{"name":"evil","private":true},"dependencies":{"constructor":"2"}}'],
])('a key __proto__ says nothing about the package, %s', (_, text) => {
  const manifest = read(text);
  expect(manifest).toMatchObject({ name: undefined, private: false });
  expect(manifest?.dependencies.get('constructor')).toBe('2');
  expect(({} as { name?: string }).name).toBeUndefined();
});

test.each(['', 'null', '[]', '"text"', '12', '\0', '['.repeat(50_000), '{"a":'.repeat(50_000)])(
  'what is no object is no manifest (%#)',
  (text) => {
    expect(read(text)).toBeUndefined();
  },
);
