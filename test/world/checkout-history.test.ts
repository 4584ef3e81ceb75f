import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../../src/errors.ts';
import type { NotRead } from '../../src/repository/repository.ts';
import { historyBlobs } from '../../src/world/git-history.ts';
import { commit, folderWith, git, repositoryWith, stateOf, write } from './checkout-folder.ts';

function historyOf(folder: string): {
  blobs: (readonly [path: string, text: string, commit: string])[];
  notes: NotRead[];
} {
  const notes: NotRead[] = [];
  const found = [...historyBlobs(folder, (note) => notes.push(note))];
  return { blobs: found.map(({ path, text, commit: id }) => [path, text, id]), notes };
}

test('each text that is gone comes once, with the oldest commit that has it', () => {
  const folder = repositoryWith({ 'kept.js': 'kept', '.env': 'TOKEN=1', 'a.js': 'one' });
  const first = git(folder, 'rev-parse', 'HEAD');
  rmSync(join(folder, '.env'));
  write(folder, { 'a.js': 'two' });
  const second = commit(folder, 'second');
  write(folder, { 'a.js': 'one', 'copy.env': 'TOKEN=1' });
  commit(folder, 'third');
  rmSync(join(folder, 'copy.env'));
  write(folder, { 'a.js': 'three' });
  commit(folder, 'fourth');
  const { blobs, notes } = historyOf(folder);
  expect(blobs.toSorted()).toEqual([
    ['.env', 'TOKEN=1', first],
    ['a.js', 'one', first],
    ['a.js', 'two', second],
  ]);
  expect(notes).toEqual([]);
});

test('other branches, tags and the stash count; a text that was edited and not committed counts too', () => {
  const folder = repositoryWith({ 'a.js': 'one', 'b.js': 'b' });
  git(folder, 'checkout', '--quiet', '-b', 'side');
  write(folder, { 'side.js': 'side' });
  commit(folder, 'side');
  git(folder, 'tag', '-a', 'v1', '-m', 'v1');
  git(folder, 'checkout', '--quiet', 'main');
  git(folder, 'branch', '--quiet', '-D', 'side');
  write(folder, { 'a.js': 'stashed' });
  git(folder, 'stash');
  write(folder, { 'a.js': 'edited' });
  expect(
    historyOf(folder)
      .blobs.map(([path, text]) => [path, text])
      .toSorted(),
  ).toEqual([
    ['a.js', 'one'],
    ['a.js', 'stashed'],
    ['side.js', 'side'],
  ]);
});

test('of a part of a repository, the part alone', () => {
  const folder = repositoryWith({ 'top.js': 'gone', 'web/a.js': 'one', 'website/a.js': 'other' });
  rmSync(join(folder, 'top.js'));
  write(folder, { 'web/a.js': 'two', 'website/a.js': 'different' });
  commit(folder, 'second');
  expect(historyOf(join(folder, 'web')).blobs.map(([path, text]) => [path, text])).toEqual([['a.js', 'one']]);
});

test('installed packages and what is no text are left out; what is too large is told', () => {
  const files = { 'node_modules/x.js': 'x', 'a.png': '\u0089PNG\0\0\0\0\u0001', 'large.sql': 'x'.repeat(2_000_001) };
  const folder = repositoryWith({ ...files, keep: '' });
  for (const path of Object.keys(files)) rmSync(join(folder, path));
  commit(folder, 'second');
  expect(historyOf(folder)).toEqual({
    blobs: [],
    notes: [{ path: '.git', why: '1 content of the history too large to be read' }],
  });
});

test('a clone that lacks the past says so', () => {
  const origin = repositoryWith({ 'a.js': 'one' });
  write(origin, { 'a.js': 'two' });
  commit(origin, 'second');
  const clone = folderWith({});
  git(clone, 'clone', '--quiet', '--depth', '1', `file://${origin}`, '.');
  const { blobs, notes } = historyOf(clone);
  expect(blobs).toEqual([]);
  expect(notes).toEqual([{ path: '.git', why: expect.stringContaining('lacks the older history') }]);
});

test('nothing is fetched for a clone that lacks contents', () => {
  const origin = repositoryWith({ 'a.js': 'one', 'b.js': 'b' });
  write(origin, { 'a.js': 'two' });
  commit(origin, 'second');
  git(origin, 'config', 'uploadpack.allowFilter', 'true');
  const clone = folderWith({});
  git(clone, 'clone', '--quiet', '--filter=blob:none', `file://${origin}`, '.');
  const before = stateOf(clone);
  const { blobs, notes } = historyOf(clone);
  expect(blobs).toEqual([]);
  expect(notes).toEqual([{ path: '.git', why: '1 content of the history not in this clone' }]);
  expect(stateOf(clone)).toEqual(before);
});

test('a repository without a commit has no history, and a folder without a repository cannot be asked', () => {
  const folder = folderWith({ a: '' });
  expect(() => historyOf(folder)).toThrow(/no git history/);
  try {
    historyOf(folder);
  } catch (error) {
    expect(failureOf(error).code).toBe('no-git');
  }
  git(folder, 'init', '--quiet');
  expect(historyOf(folder)).toEqual({ blobs: [], notes: [] });
});
