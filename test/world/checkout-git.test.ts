import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openCheckout } from '../../src/world/checkout.ts';
import { commit, folderWith, git, repositoryWith, stateOf, write } from './checkout-folder.ts';

const pathsOf = (folder: string) => openCheckout(folder).files.map(({ path }) => path);

/** Sets an environment variable for the rest of the test. */
function setEnvironment(name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}

describe('in a git repository', () => {
  test('the index and the commit are facts', () => {
    const folder = repositoryWith({ 'a.js': '', 'gone.js': '' });
    const head = git(folder, 'rev-parse', 'HEAD');
    rmSync(join(folder, 'gone.js'));
    write(folder, { 'new.js': '' });
    const checkout = openCheckout(folder);
    expect(checkout.git).toEqual({ head, tracked: new Set(['a.js', 'gone.js']) });
    expect(checkout.files.map(({ path, tracked }) => [path, tracked])).toEqual([
      ['a.js', true],
      ['new.js', false],
    ]);
  });

  test('before the first commit there is no head', () => {
    const folder = folderWith({ 'a.js': '' });
    git(folder, 'init', '--quiet');
    expect(openCheckout(folder).git).toEqual({ head: undefined, tracked: new Set() });
  });

  test('what is ignored is left out, unless it is in the index', () => {
    const folder = folderWith({
      '.gitignore': '.env*\n!.env.example\nout/\n*.log\n',
      '.env': 'A=1',
      '.env.local': 'A=1',
      '.env.example': 'A=',
      'out/a/b.js': '',
      'src/x.log': '',
      'src/.gitignore': 'generated\n',
      'src/generated/c.js': '',
      'src/app.js': '',
      'kept/.env': 'TOKEN=1',
    });
    git(folder, 'init', '--quiet');
    git(folder, 'add', '--force', 'kept/.env');
    commit(folder, 'first');
    expect(pathsOf(folder)).toEqual(['.env.example', '.gitignore', 'kept/.env', 'src/.gitignore', 'src/app.js']);
  });

  test('installed packages in the index are a fact and are not read', () => {
    const checkout = openCheckout(repositoryWith({ 'node_modules/a/index.js': '', 'app.js': '' }));
    expect(checkout.files.map(({ path }) => path)).toEqual(['app.js']);
    expect(checkout.git?.tracked.has('node_modules/a/index.js')).toBe(true);
  });

  test('names may hold anything', () => {
    const names = ['a\nb.js', 'ä "quoted".js', '\u001b[31m.js', ':(top)x', '*'];
    const checkout = openCheckout(repositoryWith(Object.fromEntries(names.map((name) => [name, '']))));
    expect(checkout.files.map(({ path, tracked }) => [path, tracked])).toEqual(
      names.toSorted().map((name) => [name, true]),
    );
  });

  test('a submodule is another repository', () => {
    const folder = repositoryWith({ 'a.js': '' });
    write(folder, { 'library/index.js': '' });
    git(join(folder, 'library'), 'init', '--quiet');
    commit(join(folder, 'library'), 'first');
    commit(folder, 'with a submodule');
    const { files, notRead } = openCheckout(folder);
    expect(files.map(({ path }) => path)).toEqual(['a.js']);
    expect(notRead).toEqual([{ path: 'library', why: 'a submodule: check it by itself' }]);
  });

  test('the index is not refreshed, and nothing else is written', () => {
    const folder = repositoryWith({ 'a.js': 'a', 'b.js': 'b' });
    writeFileSync(join(folder, 'a.js'), 'a');
    const before = stateOf(folder);
    openCheckout(folder);
    expect(stateOf(folder)).toEqual(before);
  });
});

describe('in a part of a repository', () => {
  test('paths are told from the part, and nothing above it is read', () => {
    const folder = repositoryWith({ 'top.js': '', 'apps/web/a.js': '', 'apps/web/x.log': '', '.gitignore': '*.tmp' });
    write(folder, { 'apps/web/b.tmp': '', 'apps/web/new.js': '' });
    const checkout = openCheckout(join(folder, 'apps/web'));
    expect(checkout.files.map(({ path, tracked }) => [path, tracked])).toEqual([
      ['a.js', true],
      ['new.js', false],
      ['x.log', true],
    ]);
    expect(checkout.git?.tracked).toEqual(new Set(['a.js', 'x.log']));
  });

  test.each(['scratch', 'scratch/deep/in'])('that is ignored, the repository says nothing of it: %s', (part) => {
    const folder = repositoryWith({ '.gitignore': 'scratch/\n', 'a.js': '' });
    write(folder, { [`${part}/app.js`]: '' });
    const checkout = openCheckout(join(folder, part));
    expect(checkout.git).toBeUndefined();
    expect(checkout.files.map(({ path }) => path)).toEqual(['app.js']);
    expect(checkout.notRead).toEqual([]);
  });
});

describe('whatever stands around it', () => {
  test('variables that lead git elsewhere are not obeyed', () => {
    const other = repositoryWith({ 'other.js': '' });
    const folder = repositoryWith({ 'a.js': '' });
    for (const [name, value] of [
      ['GIT_DIR', join(other, '.git')],
      ['GIT_WORK_TREE', other],
      ['GIT_INDEX_FILE', join(other, '.git/index')],
      ['GIT_CONFIG_COUNT', 'many'],
      ['GIT_TRACE', join(other, 'trace')],
    ] as const)
      setEnvironment(name, value);
    expect(openCheckout(folder).git?.tracked).toEqual(new Set(['a.js']));
  });

  test('without git on the PATH the files are read all the same', () => {
    const folder = repositoryWith({ 'a.js': '' });
    setEnvironment('PATH', join(folder, 'bin'));
    const { git: facts, files, notRead } = openCheckout(folder);
    expect(facts).toBeUndefined();
    expect(files.map(({ path }) => path)).toEqual(['a.js']);
    expect(notRead).toEqual([{ path: '.git', why: 'not read as a git repository: git is not installed' }]);
  });

  test('a git that lies in the folder, or among installed packages, is not run', () => {
    const folder = repositoryWith({ 'a.js': '' });
    const elsewhere = folderWith({});
    for (const place of [join(folder, 'bin'), join(elsewhere, 'node_modules/.bin')]) {
      write(place, { git: `#!/bin/sh\ntouch "${elsewhere}/ran"\n` });
      execFileSync('chmod', ['+x', join(place, 'git')]);
      setEnvironment('PATH', `${place}:.:${process.env['PATH']}`);
    }
    expect(openCheckout(folder).git?.tracked).toEqual(new Set(['a.js']));
    expect(pathsOf(elsewhere)).toEqual([]);
  });

  test('the ignore list of one person does not count', () => {
    const home = folderWith({
      '.gitconfig': '[core]\nexcludesFile = ~/ignored\n',
      ignored: '*.js\n',
      'git/ignore': '*',
    });
    setEnvironment('HOME', home);
    setEnvironment('XDG_CONFIG_HOME', home);
    expect(pathsOf(folderWithUntracked())).toEqual(['a.js', 'new.js']);
  });

  test.runIf(process.getuid?.() === 0)('a repository of another user is read, because nothing of it can run', () => {
    const folder = repositoryWith({ 'a.js': '' });
    for (const path of ['', '.git']) chownSync(join(folder, path), 12_345, 12_345);
    expect(openCheckout(folder).git?.tracked).toEqual(new Set(['a.js']));
  });
});

function folderWithUntracked(): string {
  const folder = repositoryWith({ 'a.js': '' });
  write(folder, { 'new.js': '' });
  return folder;
}

describe('a repository that is broken is read as a folder, and that is told', () => {
  const broken: readonly (readonly [string, (folder: string) => void])[] = [
    ['its index is none', (folder) => writeFileSync(join(folder, '.git/index'), 'DIRC and nothing')],
    ['its configuration is none', (folder) => writeFileSync(join(folder, '.git/config'), '[[[')],
    [
      'it is of a later version',
      (folder) => appendFileSync(join(folder, '.git/config'), '[core]\nrepositoryformatversion = 99\n'),
    ],
    ['its HEAD is gone', (folder) => rmSync(join(folder, '.git/HEAD'))],
  ];
  test.each(broken)('%s', (_, spoil) => {
    const folder = repositoryWith({ 'a.js': 'x' });
    spoil(folder);
    const { git: facts, read, notRead } = openCheckout(folder);
    expect(facts).toBeUndefined();
    expect(read('a.js')).toBe('x');
    expect(notRead).toEqual([
      { path: '.git', why: expect.stringMatching(/^not read as a git repository: git says: /) },
    ]);
  });

  test('a .git that leads elsewhere', () => {
    const folder = folderWith({ '.git': 'gitdir: /nowhere\n', 'a.js': '' });
    expect(openCheckout(folder).notRead).toEqual([
      { path: '.git', why: 'not read as a git repository: git says: not a git repository: /nowhere' },
    ]);
  });
});
