import { expect, test } from 'vitest';
import { byCodeUnit } from '../../src/tree/lines.ts';
import { readJson, setJson } from '../../src/tree/json.ts';

const tabs = '{\n\t// why\n\t"b": 1,\n\t"d": { "x": [1,2] }\n}\n';

test('a new key goes to its place; comments, tabs and every other byte stay', () => {
  expect(setJson(tabs, ['c'], 2, byCodeUnit)).toBe('{\n\t// why\n\t"b": 1,\n\t"c": 2,\n\t"d": { "x": [1,2] }\n}\n');
});

test('an existing key is replaced where it stands', () => {
  expect(setJson(tabs, ['d', 'x'], 3)).toBe('{\n\t// why\n\t"b": 1,\n\t"d": { "x": 3 }\n}\n');
});

test('a missing parent is made', () => {
  expect(readJson(setJson('{\n  "name": "a"\n}\n', ['scripts', 'test'], 'vitest'))).toEqual({
    name: 'a',
    scripts: { test: 'vitest' },
  });
});

const plain = '{\n  "name": "a",\n  "scripts": {\n    "dev": "node ."\n  },\n  "files": []\n}\n';

test.each([
  [['scripts', 'check'], 'x'],
  [['scripts', 'dev'], 'y'],
  [['scripts', 'lint'], 'z'],
  [['dependencies', 'hono'], '4.0.0'],
  [['a', 'b', 'c'], { d: ['e'] }],
  [['version'], '1.0.0'],
])('a text as JSON.stringify writes it gets %j just as any other text does', (path, value) => {
  const others = plain.replace('{', '{ // why');
  expect(setJson(plain, path, value, byCodeUnit)).toBe(setJson(others, path, value, byCodeUnit).replace(' // why', ''));
});
