import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeProject } from '../../src/world/disk.ts';
import { interrupted, type Interrupts } from '../../src/world/interrupts.ts';
import { placeAt } from '../../src/world/place.ts';

let above = '';
beforeEach(() => {
  above = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-disk-')));
});
afterEach(() => rmSync(above, { recursive: true, force: true }));

const files = new Map([
  ['package.json', '{}\n'],
  ['src/app.ts', 'export {};\n'],
]);
const none: ReadonlySet<string> = new Set();
const calm: Interrupts = { signal: new AbortController().signal, check: async () => {}, stop: () => {} };
const pressed: Interrupts = { ...calm, check: () => Promise.reject(interrupted()) };

test('Ctrl-C before the rename leaves nothing, not even the folders above', async () => {
  await expect(writeProject(join(above, 'new', 'app'), files, none, pressed)).rejects.toThrow('Interrupted');
  expect(readdirSync(above)).toEqual([]);
});

test('Ctrl-C leaves what others have put beside it', async () => {
  writeFileSync(join(above, 'notes.txt'), '');
  await expect(writeProject(join(above, 'app'), files, none, pressed)).rejects.toThrow('Interrupted');
  expect(readdirSync(above)).toEqual(['notes.txt']);
});

test('a run that was killed leaves a draft, and the next run sweeps it away; one that runs is left alone', async () => {
  const dead = 2 ** 22 - 7;
  mkdirSync(join(above, `.app.shipshape-${dead}`, 'src'), { recursive: true });
  mkdirSync(join(above, `.app.shipshape-${process.ppid}`));
  await writeProject(join(above, 'app'), files, none, calm);
  expect(readdirSync(above).toSorted()).toEqual([`.app.shipshape-${process.ppid}`, 'app']);
  expect(readFileSync(join(above, 'app', 'src', 'app.ts'), 'utf8')).toBe('export {};\n');
});

test('an empty folder receives the files', async () => {
  mkdirSync(join(above, 'app'));
  await writeProject(join(above, 'app'), files, none, calm);
  expect(readdirSync(join(above, 'app')).toSorted()).toEqual(['package.json', 'src']);
  expect(readdirSync(above)).toEqual(['app']);
});

test('a place that fills up before the rename is left as it is', async () => {
  mkdirSync(join(above, 'app', 'src'), { recursive: true });
  writeFileSync(join(above, 'app', 'src', 'mine.ts'), 'mine');
  await expect(writeProject(join(above, 'app'), files, none, calm)).rejects.toThrow('cannot be written');
  expect(readdirSync(join(above, 'app'))).toEqual(['src']);
  expect(readFileSync(join(above, 'app', 'src', 'mine.ts'), 'utf8')).toBe('mine');
  expect(readdirSync(above)).toEqual(['app']);
});

test.each([
  ['nothing', () => {}, 'free'],
  ['an empty folder', () => mkdirSync(join(above, 'app')), 'empty'],
  ['a folder with a repository alone', () => mkdirSync(join(above, 'app', '.git'), { recursive: true }), 'empty'],
  ['a file', () => writeFileSync(join(above, 'app'), ''), 'file'],
])('the place with %s is told', (_what, make, kind) => {
  make();
  expect(placeAt(join(above, 'app')).kind).toBe(kind);
});
