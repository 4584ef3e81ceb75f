import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openCheckout } from '../../src/world/checkout.ts';
import { folderWith, stateOf } from './checkout-folder.ts';

const pathsOf = (folder: string) => openCheckout(folder).files.map(({ path }) => path);

test('files are listed by code unit, with size and role', () => {
  const folder = folderWith({ 'b.js': 'b()', 'B.md': '#', 'a/test/x.test.ts': '', 'a-b.json': '{}', '.env': 'A=1' });
  expect(openCheckout(folder).files).toEqual([
    { path: '.env', size: 3, tracked: false, role: 'text' },
    { path: 'B.md', size: 1, tracked: false, role: 'text' },
    { path: 'a-b.json', size: 2, tracked: false, role: 'text' },
    { path: 'a/test/x.test.ts', size: 0, tracked: false, role: 'test' },
    { path: 'b.js', size: 3, tracked: false, role: 'source' },
  ]);
});

test('a folder without git has no git facts, and that is nothing to tell', () => {
  const { git, notRead } = openCheckout(folderWith({ a: '' }));
  expect(git).toBeUndefined();
  expect(notRead).toEqual([]);
});

test('an empty folder has no files', () => {
  const { files, notRead } = openCheckout(folderWith({}));
  expect({ files, notRead }).toEqual({ files: [], notRead: [] });
});

test('what was installed or built is left out', () => {
  const folder = folderWith({
    'node_modules/a/index.js': '',
    'packages/x/node_modules/b.js': '',
    '.next/server.js': '',
    'coverage/lcov.info': '',
    '.yarn/releases/yarn.cjs': '',
    '.yarn/x.txt': '',
    'node_modules.md': '',
    'src/app.js': '',
  });
  expect(pathsOf(folder)).toEqual(['.yarn/x.txt', 'node_modules.md', 'src/app.js']);
});

describe('what is no plain file', () => {
  test('links are not followed; those that lead away are told', () => {
    const outside = folderWith({ 'secret.txt': 'x' });
    const folder = folderWith({ 'real/file.js': '', 'CLAUDE.md': '' });
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'outside.txt'));
    symlinkSync(outside, join(folder, 'outside'));
    symlinkSync('/', join(folder, 'everything'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('.', join(folder, 'real/circle'));
    symlinkSync('itself', join(folder, 'itself'));
    symlinkSync('CLAUDE.md', join(folder, 'AGENTS.md'));
    expect(pathsOf(folder)).toEqual(['CLAUDE.md', 'real/file.js']);
    expect(openCheckout(folder).notRead).toEqual([
      { path: 'dangling', why: 'a link that leads nowhere' },
      { path: 'everything', why: 'a link to a place outside, not followed' },
      { path: 'itself', why: 'a link that leads nowhere' },
      { path: 'outside', why: 'a link to a place outside, not followed' },
      { path: 'outside.txt', why: 'a link to a place outside, not followed' },
    ]);
  });

  test('pipes and sockets are never opened', async () => {
    const folder = folderWith({ 'a.js': '' });
    execFileSync('mkfifo', [join(folder, '.env'), join(folder, 'package.json')]);
    const server = createServer().listen(join(folder, 'app.sock'));
    await new Promise((ready) => server.once('listening', ready));
    const { files, notRead, read } = openCheckout(folder);
    server.close();
    expect(files.map(({ path }) => path)).toEqual(['a.js']);
    expect(notRead).toEqual([
      { path: '.env', why: 'a named pipe, not a file' },
      { path: 'app.sock', why: 'a socket, not a file' },
      { path: 'package.json', why: 'a named pipe, not a file' },
    ]);
    expect(read('package.json')).toBeUndefined();
  });
});

describe('what cannot be read is told, and is undefined', () => {
  test('a file that is too large, when somebody asks for it', () => {
    const folder = folderWith({ 'video.mp4': '', 'dump.sql': '' });
    truncateSync(join(folder, 'dump.sql'), 1_073_741_824);
    truncateSync(join(folder, 'video.mp4'), 3_000_000);
    const { files, notRead, read } = openCheckout(folder);
    expect(files[0]).toMatchObject({ path: 'dump.sql', size: 1_073_741_824 });
    expect(notRead).toEqual([]);
    expect([read('dump.sql'), read('dump.sql')]).toEqual([undefined, undefined]);
    expect(notRead).toEqual([{ path: 'dump.sql', why: 'too large (1073.7 MB)' }]);
  });

  test('a file that goes, or becomes something else, while we look', () => {
    const folder = folderWith({ 'gone.js': '', 'pipe.js': '', 'link.js': '', 'folder.js': '' });
    const { read, notRead } = openCheckout(folder);
    execFileSync('rm', ['gone.js', 'pipe.js', 'link.js', 'folder.js'], { cwd: folder });
    execFileSync('mkfifo', ['pipe.js'], { cwd: folder });
    symlinkSync('/etc/passwd', join(folder, 'link.js'));
    mkdirSync(join(folder, 'folder.js'));
    expect(['gone.js', 'pipe.js', 'link.js', 'folder.js'].map(read)).toEqual(Array(4).fill(undefined));
    expect(notRead.map(({ path }) => path)).toEqual(['gone.js', 'pipe.js', 'link.js', 'folder.js']);
  });

  test('names that are not UTF-8, and what lies below them', () => {
    const folder = folderWith({ 'fine \ufffd.js': 'ok' });
    const odd = Buffer.concat([Buffer.from(`${folder}/odd-`), Buffer.from([0xff, 0xfe])]);
    writeFileSync(Buffer.concat([odd, Buffer.from('.js')]), '');
    mkdirSync(odd);
    writeFileSync(Buffer.concat([odd, Buffer.from('/in.js')]), '');
    const { files, notRead, read } = openCheckout(folder);
    expect(files.map(({ path }) => path)).toEqual(['fine \ufffd.js']);
    expect(read('fine \ufffd.js')).toBe('ok');
    expect(notRead.map(({ path }) => path)).toEqual(['odd-\ufffd\ufffd', 'odd-\ufffd\ufffd.js']);
  });

  test('folders that lie deeper than the system can name', () => {
    const folder = folderWith({});
    onTestFinished(() => void execFileSync('rm', ['-rf', join(folder, 'a'), join(folder, 'b'), join(folder, 'c')]));
    const below = Array<string>(9).fill('d'.repeat(200)).join('/');
    for (const top of ['a', 'b', 'c']) mkdirSync(join(folder, top, below), { recursive: true });
    renameSync(join(folder, 'b'), join(folder, 'c', below, 'b'));
    renameSync(join(folder, 'c'), join(folder, 'a', below, 'c'));
    const { files, notRead } = openCheckout(folder);
    expect(files).toEqual([]);
    expect(notRead).toEqual([
      { path: expect.stringMatching(/^a\/d+\//), why: 'a folder that lies too deep to be opened' },
    ]);
  });
});

test('names may hold anything', () => {
  const names = ['a\nb.js', '\u001b[2J.js', 'quote\'".js', ' leading', '-rf', '__proto__', 'tab\t.js', '$(touch x).js'];
  const folder = folderWith(Object.fromEntries(names.map((name) => [`d/${name}`, 'x'])));
  const { files, read } = openCheckout(folder);
  expect(files.map(({ path }) => path.slice(2))).toEqual(names.toSorted());
  expect(files.map(({ path }) => read(path))).toEqual(names.map(() => 'x'));
});

test('two hundred folders deep is not too deep', () => {
  const path = `${'d/'.repeat(200)}app.js`;
  const { files, read } = openCheckout(folderWith({ [path]: 'x' }));
  expect(files.map((file) => file.path)).toEqual([path]);
  expect(read(path)).toBe('x');
});

test('nothing is touched', () => {
  const folder = folderWith({ 'a/b.js': 'x', c: '' });
  const before = stateOf(folder);
  const { files, read } = openCheckout(folder);
  for (const { path } of files) read(path);
  expect(stateOf(folder)).toEqual(before);
});
