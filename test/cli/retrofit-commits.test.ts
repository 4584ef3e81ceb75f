import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { done, git, key, orders, prototype, put, quickly, textOf, tree } from './retrofit-prototype.ts';
import { emptyFolder } from './shipshape.ts';

// Each test starts the program a few times, maybe on a busy computer.
vi.setConfig({ testTimeout: 120_000 });

test('one commit for each guardrail on a new branch, with the evidence; nothing is pushed, no hook is run, no secret goes in', () => {
  const folder = prototype();
  const remote = emptyFolder();
  git(remote, 'init', '--quiet', '--bare');
  git(folder, 'remote', 'add', 'origin', remote);
  for (const name of ['pre-commit', 'commit-msg', 'post-commit', 'pre-push']) {
    put(folder, { [`.git/hooks/${name}`]: '#!/bin/sh\necho ran >> .git/hooked\nexit 1\n' });
    chmodSync(join(folder, '.git/hooks', name), 0o755);
  }
  const main = git(folder, 'rev-parse', 'main');

  const out = done(folder, 'retrofit', ...quickly, '--commits=guarded');

  expect(out).toContain('guarded');
  expect(git(folder, 'symbolic-ref', '--short', 'HEAD')).toBe('guarded');
  expect(git(folder, 'rev-parse', 'main')).toBe(main);
  expect(git(folder, 'status', '--porcelain')).toBe('');
  expect(git(remote, 'for-each-ref')).toBe('');
  expect(() => textOf(folder, '.git/hooked')).toThrow();

  const subjects = git(folder, 'log', '--reverse', '--format=%s', 'main..guarded').split('\n');
  for (const by of ['secrets', 'auth', 'tests', 'ci', 'ownership']) expect(subjects).toContain(`Bring in ${by}`);
  expect(new Set(subjects).size).toBe(subjects.length);
  const bodies = git(folder, 'log', '--format=%B', 'main..guarded');
  expect(bodies).toContain('Nothing was run: this is not proven.');
  expect(bodies).toContain('* server.js: ');
  expect(bodies).not.toContain(key);

  expect(git(folder, 'ls-tree', '-r', '--name-only', 'guarded').split('\n')).not.toContain('.env');
  expect(git(folder, 'grep', '-c', '-F', '-e', 'guard(app);', 'guarded', '--', 'server.js')).toBe(
    'guarded:server.js:1',
  );
  expect(textOf(folder, '.env')).toContain(key);
});

test('what the user has not committed stays uncommitted, what is staged stays staged', () => {
  const folder = prototype({ 'notes.txt': 'one\n' });
  put(folder, { 'server.js': `${orders['server.js']}// mine\n`, 'notes.txt': 'two\n' });
  git(folder, 'add', 'notes.txt');
  done(folder, 'retrofit', ...quickly, '--commits', '--allow-dirty');
  expect(git(folder, 'symbolic-ref', '--short', 'HEAD')).toBe('shipshape');
  expect(git(folder, 'show', 'HEAD:server.js')).not.toContain('// mine');
  expect(textOf(folder, 'server.js')).toContain('// mine');
  expect(git(folder, 'status', '--porcelain').split('\n').toSorted()).toEqual([' M server.js', 'M  notes.txt']);
});

test('undo after commits gives the files back, and leaves the branch to git', () => {
  const folder = prototype();
  const before = tree(folder);
  done(folder, 'retrofit', ...quickly, '--only', 'auth', '--commits');
  done(folder, 'undo');
  expect(tree(folder)).toEqual(before);
  expect(git(folder, 'symbolic-ref', '--short', 'HEAD')).toBe('shipshape');
});
