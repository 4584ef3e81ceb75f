import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/errors.ts';
import { changedSince } from '../../src/world/git-changes.ts';
import { mergeBase, openRevision } from '../../src/world/git-revision.ts';
import { commit, folderWith, git, repositoryWith, stateOf, write } from './checkout-folder.ts';

const failure = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return failureOf(error);
  }
  return undefined;
};

describe('a revision', () => {
  test('is read like a folder', () => {
    const folder = repositoryWith({
      'a.js': 'before()',
      'gone.js': '',
      'node_modules/x/i.js': '',
      'b.bin': '\0\u0001',
    });
    const head = git(folder, 'rev-parse', 'HEAD');
    rmSync(join(folder, 'gone.js'));
    write(folder, { 'a.js': 'after()', 'new.js': '' });
    commit(folder, 'second');
    const { files, git: facts, read, module } = openRevision(folder, 'HEAD~1');
    expect(files).toEqual([
      { path: 'a.js', size: 8, tracked: true, role: 'source' },
      { path: 'b.bin', size: 2, tracked: true, role: 'text' },
      { path: 'gone.js', size: 0, tracked: true, role: 'source' },
    ]);
    expect(facts?.head).toBe(head);
    expect(facts?.tracked.has('node_modules/x/i.js')).toBe(true);
    expect(read('a.js')).toBe('before()');
    expect(read('gone.js')).toBe('');
    expect(read('b.bin')).toBeUndefined();
    expect(read('new.js')).toBeUndefined();
    expect(module('a.js')?.text).toBe('before()');
  });

  test('of a part holds that part alone', () => {
    const folder = repositoryWith({ 'top.js': '', 'apps/web/a.js': 'x' });
    const { files, read } = openRevision(join(folder, 'apps/web'), 'HEAD');
    expect(files.map(({ path }) => path)).toEqual(['a.js']);
    expect(read('a.js')).toBe('x');
  });

  test('tells links and large files', () => {
    const folder = folderWith({ 'large.sql': 'x'.repeat(2_000_001), 'a.js': '' });
    symlinkSync('/etc/passwd', join(folder, 'link'));
    git(folder, 'init', '--quiet');
    commit(folder, 'first');
    const { files, notRead, read } = openRevision(folder, 'HEAD');
    expect(files.map(({ path }) => path)).toEqual(['a.js', 'large.sql']);
    expect(read('large.sql')).toBeUndefined();
    expect(notRead).toEqual([{ path: 'large.sql', why: 'too large (2.0 MB)' }]);
  });

  test('is read in any order, in a few batches', () => {
    const all = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`f${at}.js`, `${at} ${'x'.repeat(60_000)}`]),
    );
    const { files, read } = openRevision(repositoryWith(all), 'HEAD');
    const backwards = files.map(({ path }) => path).toReversed();
    expect(backwards.filter((path) => read(path) !== all[path])).toEqual([]);
  });

  test.each(['nothing', '--help', 'HEAD~9', '-n1', 'HEAD^{tree}', 'a\0b', '', '$(id)'])(
    'that does not exist: %j',
    (name) => {
      expect(failure(() => openRevision(repositoryWith({ a: '' }), name))).toMatchObject({
        code: 'unknown-revision',
        next: expect.stringContaining('git log'),
      });
    },
  );

  test('without a repository', () => {
    expect(failure(() => openRevision(folderWith({ a: '' }), 'HEAD'))).toMatchObject({ code: 'no-git' });
  });
});

describe('where two lines of work parted', () => {
  test('is the last commit that both have', () => {
    const folder = repositoryWith({ a: '1' });
    const base = git(folder, 'rev-parse', 'HEAD');
    git(folder, 'checkout', '--quiet', '-b', 'feature');
    write(folder, { b: '' });
    commit(folder, 'feature');
    git(folder, 'checkout', '--quiet', 'main');
    write(folder, { a: '2' });
    commit(folder, 'main');
    git(folder, 'checkout', '--quiet', 'feature');
    expect(mergeBase(folder, 'main')).toBe(base);
  });

  test('is unknown where they have nothing in common', () => {
    const folder = repositoryWith({ a: '1' });
    git(folder, 'checkout', '--quiet', '--orphan', 'other');
    commit(folder, 'other');
    expect(mergeBase(folder, 'main')).toBeUndefined();
  });
});

describe('what changed since a revision', () => {
  test('is what is different, new or gone, and not what is ignored', () => {
    const folder = repositoryWith({ same: 'x', edited: '1', gone: '', '.gitignore': '*.log', 'crlf.txt': 'a\nb\n' });
    rmSync(join(folder, 'gone'));
    write(folder, { edited: '2', new: '', 'x.log': '', 'crlf.txt': 'a\r\nb\r\n' });
    expect([...changedSince(folder, 'HEAD')].toSorted()).toEqual(['edited', 'gone', 'new']);
    commit(folder, 'second');
    expect([...changedSince(folder, 'HEAD')]).toEqual([]);
    expect([...changedSince(folder, 'HEAD~1')].toSorted()).toEqual(['edited', 'gone', 'new']);
  });

  test('is found without touching anything', () => {
    const folder = repositoryWith({ a: 'x' });
    write(folder, { a: 'x' });
    const before = stateOf(folder);
    changedSince(folder, 'HEAD');
    openRevision(folder, 'HEAD').read('a');
    expect(stateOf(folder)).toEqual(before);
  });
});
