import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dirtyFiles } from '../../src/world/dirty.ts';
import { git, repositoryWith } from '../support/git-folder.ts';
import { folderWith, put } from '../support/trees.ts';

test('each kind of dirt is told, and clean files are not', () => {
  const names = ['clean', 'changed', 'staged', 'both', 'gone', 'untracked by hand', 'wört[1]*'];
  const root = repositoryWith({
    ...Object.fromEntries(names.map((name) => [`sub/${name}`, 'a\n'])),
    '.gitignore': '.env\n',
  });
  for (const name of ['changed', 'staged', 'both']) put(root, `sub/${name}`, 'b\n');
  git(root, 'add', 'sub/staged', 'sub/both');
  put(root, 'sub/both', 'c\n');
  rmSync(join(root, 'sub/gone'));
  git(root, 'rm', '--quiet', '--cached', 'sub/untracked by hand');
  put(root, 'sub/fresh', '');
  put(root, 'sub/.env', '');
  const asked = [...names, 'fresh', '.env', 'not/there'];
  expect(dirtyFiles(join(root, 'sub'), asked)).toEqual([
    { path: 'changed', dirt: 'changed' },
    { path: 'staged', dirt: 'staged' },
    { path: 'both', dirt: 'changed' },
    { path: 'gone', dirt: 'removed' },
    { path: 'untracked by hand', dirt: 'staged' },
    { path: 'fresh', dirt: 'untracked' },
    { path: '.env', dirt: 'ignored' },
  ]);
});

test('line ends that git converts are no dirt', () => {
  const root = repositoryWith({ 'a.txt': 'a\nb\n' });
  put(root, 'a.txt', 'a\r\nb\r\n');
  expect(dirtyFiles(root, ['a.txt'])).toEqual([]);
});

test('a file in conflict', () => {
  const root = repositoryWith({ 'a.txt': 'a\n' });
  git(root, 'switch', '--quiet', '-c', 'other');
  put(root, 'a.txt', 'b\n');
  git(root, 'commit', '--quiet', '-am', 'b');
  git(root, 'switch', '--quiet', 'main');
  put(root, 'a.txt', 'c\n');
  git(root, 'commit', '--quiet', '-am', 'c');
  expect(() => git(root, 'merge', 'other')).toThrow();
  expect(dirtyFiles(root, ['a.txt'])).toEqual([{ path: 'a.txt', dirt: 'in conflict' }]);
});

test('before the first commit all is dirt; without a repository nothing can be told', () => {
  const root = folderWith({ 'a.txt': 'a', 'b.txt': 'b' });
  expect(dirtyFiles(root, ['a.txt'])).toBeUndefined();
  git(root, 'init', '--quiet');
  git(root, 'add', 'b.txt');
  expect(dirtyFiles(root, ['a.txt', 'b.txt'])).toEqual([
    { path: 'a.txt', dirt: 'untracked' },
    { path: 'b.txt', dirt: 'staged' },
  ]);
  expect(dirtyFiles(root, [])).toEqual([]);
});

test('nothing that the repository configures is run', () => {
  const root = repositoryWith({ 'a.txt': 'a\n', '.gitattributes': '* filter=evil diff=evil\n' });
  const trap = join(root, 'trapped');
  for (const key of ['filter.evil.clean', 'filter.evil.smudge', 'diff.evil.textconv', 'core.fsmonitor'])
    git(root, 'config', key, `touch ${trap}; cat`);
  put(root, 'a.txt', 'b\n');
  expect(dirtyFiles(root, ['a.txt'])).toEqual([{ path: 'a.txt', dirt: 'changed' }]);
  expect(existsSync(trap)).toBe(false);
});
