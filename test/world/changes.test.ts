import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { applyChanges } from '../../src/world/changes.ts';

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-changes-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

test('changes are written', () => {
  const folder = folderWith({ 'a.txt': 'a', 'old.txt': 'old' });
  applyChanges(folder, [
    { kind: 'edit', path: 'a.txt', before: 'a', after: 'b' },
    { kind: 'create', path: 'deep/new.txt', after: 'new' },
    { kind: 'remove', path: 'old.txt', before: 'old' },
  ]);
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('b');
  expect(readFileSync(join(folder, 'deep', 'new.txt'), 'utf8')).toBe('new');
  expect(readdirSync(folder).toSorted()).toEqual(['a.txt', 'deep']);
});

test('when one cannot be written, those before it are taken back', () => {
  const folder = folderWith({ 'a.txt': 'a' });
  mkdirSync(join(folder, 'z.txt'));
  const impossible = { kind: 'create', path: 'z.txt', after: '' } as const;
  expect(() =>
    applyChanges(folder, [
      { kind: 'edit', path: 'a.txt', before: 'a', after: 'b' },
      { kind: 'create', path: 'new.txt', after: 'new' },
      impossible,
    ]),
  ).toThrow('cannot be written');
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('a');
  expect(readdirSync(folder).toSorted()).toEqual(['a.txt', 'z.txt']);
});
