import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { statePlaces } from '../../src/world/state-folder.ts';
import { applyChanges } from '../../src/world/write-changes.ts';
import { openUndo } from '../../src/world/undo.ts';
import { folderWith } from '../support/trees.ts';

function git(folder: string, ...words: string[]): void {
  const settings = ['user.name=T', 'user.email=t@example.com', 'protocol.file.allow=always'].flatMap((item) => [
    '-c',
    item,
  ]);
  execFileSync('git', [...settings, ...words], { cwd: folder, stdio: 'pipe' });
}

function repository(): string {
  const root = folderWith({ 'a.txt': 'a', 'apps/web/b.txt': 'b' });
  git(root, 'init', '--quiet');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '-m', 'first');
  return root;
}

const gitPlace = (root: string) => statePlaces(root)[0];

test('a project below the top of a repository has a place of its own', () => {
  const root = repository();
  const [top, web] = [gitPlace(root), gitPlace(join(root, 'apps', 'web'))];
  expect(top?.folder).toBe(join(root, '.git', 'shipshape', 'top'));
  expect(web?.folder.startsWith(join(root, '.git', 'shipshape'))).toBe(true);
  expect(web?.folder).not.toBe(top?.folder);
});

test('a work tree and a submodule keep it where git keeps theirs, and undo finds it', () => {
  const root = repository();
  const tree = join(folderWith({}), 'tree');
  git(root, 'worktree', 'add', '--quiet', tree);
  git(root, 'submodule', '--quiet', 'add', repository(), 'part');
  expect(gitPlace(tree)?.folder).toBe(join(root, '.git', 'worktrees', 'tree', 'shipshape', 'top'));
  expect(gitPlace(join(root, 'part'))?.folder).toBe(join(root, '.git', 'modules', 'part', 'shipshape', 'top'));
  applyChanges(tree, [{ kind: 'edit', path: 'a.txt', by: 'auth', before: 'a', after: 'b' }]);
  expect(openUndo(tree).steps).toEqual([{ kind: 'edit', path: 'a.txt', by: 'undo', before: 'b', after: 'a' }]);
  expect(() => openUndo(root)).toThrow('Nothing is recorded');
});

test('a repository that has moved is still known', () => {
  const root = repository();
  applyChanges(root, [{ kind: 'edit', path: 'a.txt', by: 'auth', before: 'a', after: 'b' }]);
  const moved = join(folderWith({}), 'moved');
  renameSync(root, moved);
  mkdirSync(root);
  expect(openUndo(moved).steps).toHaveLength(1);
});

test('what only looks like a repository is none', () => {
  const root = folderWith({
    'a/.git': 'gitdir: /etc\n',
    'b/.git/config': '',
    'c/.git': 'nonsense',
    'd/.git': `gitdir: ${'x'.repeat(20_000)}`,
  });
  symlinkSync('nowhere', join(root, '.git'));
  for (const name of ['a', 'b', 'c', 'd'])
    expect(statePlaces(join(root, name)).map(({ kind }) => kind)).toEqual(['user']);
});

test('without a repository: the XDG folder, Windows’ local folder, or the home folder; a relative path counts as unset', () => {
  const root = folderWith({});
  const above = (environment: Record<string, string>) =>
    statePlaces(root, environment)[0]?.folder.split('create-shipshape')[0];
  expect(above({ XDG_STATE_HOME: '/x', LOCALAPPDATA: '/l' })).toBe('/x/');
  expect(above({ XDG_STATE_HOME: 'x', LOCALAPPDATA: '/l' })).toBe('/l/');
  expect(above({})).toBe(`${join(homedir(), '.local', 'state')}/`);
});

test('two projects and two paths to one project are told apart', () => {
  const [one, other] = [folderWith({}), folderWith({})] as [string, string];
  symlinkSync(one, join(other, 'link'));
  const environment = { XDG_STATE_HOME: '/x' };
  expect(statePlaces(join(other, 'link'), environment)).toEqual(statePlaces(one, environment));
  expect(statePlaces(other, environment)).not.toEqual(statePlaces(one, environment));
});

test('what was remembered for the user is found after git init', () => {
  const root = folderWith({ 'a.txt': 'a' });
  const environment = { XDG_STATE_HOME: folderWith({}) };
  applyChanges(root, [{ kind: 'edit', path: 'a.txt', by: 'auth', before: 'a', after: 'b' }], { environment });
  git(root, 'init', '--quiet');
  applyChanges(root, [{ kind: 'edit', path: 'a.txt', by: 'secrets', before: 'b', after: 'c' }], { environment });
  expect([...openUndo(root, undefined, environment).remaining]).toEqual([
    ['0001', null],
    ['0002', null],
  ]);
});

test('a .git that names a folder further away is followed from where it lies', () => {
  const root = repository();
  const elsewhere = folderWith({});
  renameSync(join(root, '.git'), join(elsewhere, 'kept'));
  writeFileSync(join(root, '.git'), `gitdir: ${join(elsewhere, 'kept')}\r\n`);
  expect(gitPlace(root)?.folder).toBe(join(elsewhere, 'kept', 'shipshape', 'top'));
});
