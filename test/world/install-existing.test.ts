import { chmodSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { installExisting } from '../../src/world/install-existing.ts';
import { packageManagerOf } from '../../src/world/package-manager.ts';
import { git } from '../support/git-folder.ts';
import { folderWith, put } from '../support/trees.ts';

const told = (root: string): string => {
  const { manager, isBerry } = packageManagerOf(root);
  return isBerry ? `${manager} berry` : manager;
};

test.each<[string, Record<string, string>, string]>([
  ['nothing', { 'package.json': '{}' }, 'npm'],
  ['a field', { 'package.json': '{"packageManager":"pnpm@10.1.0+sha512.abc"}' }, 'pnpm'],
  ['a field with a byte order mark', { 'package.json': '\uFEFF{"packageManager":"bun@1.3.0"}' }, 'bun'],
  ['devEngines', { 'package.json': '{"devEngines":{"packageManager":{"name":"pnpm"}}}' }, 'pnpm'],
  [
    'a field that nobody knows',
    { 'package.json': '{"packageManager":"cargo@1"}', 'yarn.lock': '# yarn lockfile v1' },
    'yarn',
  ],
  ['a lock file of npm', { 'package-lock.json': '{}' }, 'npm'],
  ['a lock file of yarn 1', { 'yarn.lock': '# yarn lockfile v1\n' }, 'yarn'],
  ['a lock file of a later yarn', { 'yarn.lock': '__metadata:\n  version: 8\n' }, 'yarn berry'],
  [
    'yarn 1 by its field beside a file of a later yarn',
    { 'package.json': '{"packageManager":"yarn@1.22.22"}', '.yarnrc.yml': '' },
    'yarn',
  ],
  ['yarn 4 by its field', { 'package.json': '{"packageManager":"yarn@4.0.0"}' }, 'yarn berry'],
  ['bun, by either of its lock files', { 'bun.lockb': '', 'bun.lock': '' }, 'bun'],
  ['a package.json that is none', { 'package.json': 'nonsense', 'pnpm-lock.yaml': '' }, 'pnpm'],
])('%s', (_what, files, manager) => {
  const root = folderWith(files);
  expect(told(root)).toBe(manager);
  expect(packageManagerOf(root).notes).toEqual([]);
});

test('of two lock files the newest counts, and that is said; a field outranks both', () => {
  const root = folderWith({ 'package.json': '{}', 'package-lock.json': '{}', 'yarn.lock': '# yarn lockfile v1' });
  utimesSync(join(root, 'yarn.lock'), 1000, 1000);
  expect(packageManagerOf(root)).toMatchObject({
    manager: 'npm',
    notes: [expect.stringContaining('yarn.lock beside package-lock.json')],
  });
  put(root, 'package.json', '{"packageManager":"yarn@1.22.22"}');
  expect(packageManagerOf(root)).toMatchObject({ manager: 'yarn', notes: [expect.stringContaining('names yarn')] });
});

test('above the project, its repository and workspaces speak for it, and a stray lock file does not', () => {
  const above = folderWith({ 'yarn.lock': '# yarn lockfile v1', 'apps/web/package.json': '{}' });
  const root = join(above, 'apps', 'web');
  expect(told(root)).toBe('npm');
  put(above, 'package.json', '{"workspaces":["apps/*"]}');
  expect(told(root)).toBe('yarn');
  put(above, 'package.json', '{}');
  git(above, 'init', '--quiet');
  expect(told(root)).toBe('yarn');
  put(root, 'pnpm-lock.yaml', '');
  expect(told(root)).toBe('pnpm');
});

/** A program that stands in for a package manager: it writes down how it was called, and does what the script says. */
function environmentWith(manager: string, script: string): Record<string, string> {
  const bin = folderWith({});
  const log = `require('fs').writeFileSync('called', JSON.stringify([process.argv.slice(2), process.env]));`;
  writeFileSync(join(bin, manager), `#!/usr/bin/env node\n${log}\n${script}\n`);
  chmodSync(join(bin, manager), 0o755);
  return {
    PATH: `${bin}${delimiter}${dirname(process.execPath)}${delimiter}/usr/bin${delimiter}/bin`,
    NODE_ENV: 'production',
  };
}

test.each([
  ['npm', {}, ['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts']],
  ['pnpm', { 'pnpm-lock.yaml': '' }, ['install', '--no-frozen-lockfile', '--ignore-scripts']],
  ['yarn', { 'yarn.lock': '# yarn lockfile v1' }, ['install', '--non-interactive', '--ignore-scripts']],
  ['yarn', { 'yarn.lock': '__metadata:' }, ['install', '--mode=skip-build']],
  ['bun', { 'bun.lock': '' }, ['install', '--ignore-scripts']],
])('%s %o', async (manager, files, words) => {
  const root = folderWith({ 'package.json': '{}', ...files });
  const installed = await installExisting(root, { environment: environmentWith(manager, ''), scripts: false });
  expect(installed).toEqual({ ok: true, command: `${manager} install`, notes: [], steps: [] });
  const [given, environment] = JSON.parse(readFileSync(join(root, 'called'), 'utf8')) as [
    string[],
    Record<string, string>,
  ];
  expect(given).toEqual(words);
  expect(environment['NODE_ENV']).toBeUndefined();
});

test('what becomes of the lock file is told, also when the install fails', async () => {
  const root = folderWith({ 'package.json': '{}', 'package-lock.json': 'old' });
  const script = `require('fs').writeFileSync('package-lock.json','new'); require('fs').writeFileSync('bun.lockb', Buffer.from([255])); console.error('npm error network'); process.exit(1)`;
  const installed = await installExisting(root, { environment: environmentWith('npm', script), scripts: true });
  expect(installed).toMatchObject({
    ok: false,
    command: 'npm install',
    why: ['npm error network'],
    steps: [
      { kind: 'edit', path: 'package-lock.json', by: 'install', before: 'old', after: 'new' },
      { kind: 'create', path: 'bun.lockb', by: 'install', after: new Uint8Array([255]) },
    ],
  });
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).toBe('new');
});

test('peers that do not agree, and a package manager that is not there, come with the command to type', async () => {
  const root = folderWith({ 'package.json': '{}' });
  const quarrel = environmentWith('npm', `console.error('npm error code ERESOLVE'); process.exit(1)`);
  expect((await installExisting(root, { environment: quarrel, scripts: true })).command).toBe(
    'npm install --legacy-peer-deps',
  );
  put(root, 'pnpm-lock.yaml', '');
  const installed = await installExisting(root, { environment: { PATH: dirname(root) }, scripts: true });
  expect(installed).toMatchObject({
    ok: false,
    command: 'corepack enable pnpm && pnpm install',
    why: ['pnpm is not installed, and the project uses it.'],
  });
});
