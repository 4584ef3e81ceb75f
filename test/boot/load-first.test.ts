import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadingFirst } from '../../src/boot/load-first.ts';

const folder = mkdtempSync(join(tmpdir(), 'shipshape-first-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  [{ scripts: { start: 'node server.js' } }, '--import file:'],
  [{ scripts: { start: 'ts-node-dev src/app.ts' } }, '--require "/x/boot-preload.cjs"'],
  [{ scripts: { start: 'nodemon src/app.ts' } }, '--require "/x/boot-preload.cjs"'],
  [{ scripts: { start: 'nodemon' }, nodemonConfig: { exec: 'node -r @babel/register a.js' } }, '--require'],
  [{ type: 'module', scripts: { start: 'node --loader ts-node/esm a.ts' } }, '--import file:'],
])('%j', (manifest, begins) => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  expect(loadingFirst('/x/boot-preload.mjs', folder).startsWith(begins)).toBe(true);
});

test('a folder without a package.json', () => {
  expect(loadingFirst('/x/boot-preload.mjs', join(folder, 'none'))).toBe('--import file:///x/boot-preload.mjs');
});
