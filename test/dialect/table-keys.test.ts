import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardFilesIn } from '../../src/dialect/kit.ts';
import { inputs } from '../support/answers.ts';

interface TableKeys {
  tableKeys(method: string, url: string): string[];
}

const folder = mkdtempSync(join(tmpdir(), 'shipshape-table-'));
let keys: TableKeys['tableKeys'];

beforeAll(async () => {
  const access = {
    'GET /health': "open('asked for')",
    'GET /share/:id': "open('links')",
    'GET /users': "'user'",
    'GET /users/:id': "'user'",
    'ALL /admin': "anyOf('admin')",
    'GET /files/(.*)': "'user'",
  };
  const parts = new Set(['auth'] as const);
  const files = guardFilesIn('mjs', { framework: 'node-http', identity: 'password', parts, access }, inputs.templates);
  for (const name of ['access', 'access-rules', 'table-keys'])
    writeFileSync(join(folder, `${name}.mjs`), files.get(`${name}.mjs`)!);
  const made = (await import(pathToFileURL(join(folder, 'table-keys.mjs')).href)) as TableKeys;
  keys = (method, url) => made.tableKeys(method, url);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['GET', '/health', ['GET /health']],
  ['HEAD', '/health?x=1', ['GET /health']],
  ['POST', '/health', []],
  ['GET', '/users/7', ['GET /users/:id']],
  ['GET', '/share/a%20b', ['GET /share/:id']],
  ['DELETE', '/admin', ['ALL /admin']],
  ['GET', 'http://elsewhere/users', ['GET /users']],
])('%s %s is %o', (method, url, expected) => {
  expect(keys(method, url)).toEqual(expected);
});

test.each(['/Health', '/health/', '//health', '/%68ealth', '/./health', '/share/..', '/share/%2e%2e', '/share/a%2fb'])(
  'an address in disguise opens nothing: %s',
  (url) => {
    expect(keys('GET', url).filter((key) => /health|share/.test(key))).toEqual([]);
  },
);

test.each([
  ['/ADMIN', 'ALL /admin'],
  ['/admin/', 'ALL /admin'],
  ['/%61dmin', 'ALL /admin'],
  ['/share/../admin', 'ALL /admin'],
  ['/share/%2e%2e/admin', 'ALL /admin'],
  ['\\admin', 'ALL /admin'],
  ['/files/a/b/c', 'GET /files/(.*)'],
])('what %s could mean stays closed: %s', (url, key) => {
  expect(keys('GET', url)).toContain(key);
});
