import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { withFakes } from '../rules/fakes.ts';
import { emptyFolder, plainEnvironment, shipshape, type Run } from './shipshape.ts';

/** A key that nobody ever issued. It stands in the prototype, and must never stand in what is told. */
export const key = withFakes('{{stripe-key:orders}}');

/** What people bring: a few routes, a page, a key in the code. */
export const orders: Readonly<Record<string, string>> = {
  'package.json': `${JSON.stringify({ name: 'orders', private: true, scripts: { start: 'node server.js' }, dependencies: { express: '^4.21.0' } }, null, 2)}\n`,
  '.gitignore': 'node_modules\n',
  'public/index.html': '<!doctype html>\n<h1>Orders</h1>\n',
  'server.js': `const express = require('express');

const app = express();
const stripeKey = '${key}';
const orders = [{ id: 1, what: 'tea' }];

app.use(express.json());
app.use(express.static('public'));

app.get('/health', (req, res) => res.json({ ok: true }));
app.get('/prices', (req, res) => res.json({ tea: 3, from: stripeKey.length }));
app.get('/orders', (req, res) => res.json(orders));
app.post('/orders', (req, res) => {
  orders.push(req.body);
  res.status(201).json(req.body);
});

app.listen(process.env.PORT || 3000, () => console.log('ready'));
`,
};

/** As quick as it gets: nothing is run, nothing is installed. */
export const quickly = ['--owner', '@ana', '--prove', 'no', '--no-install', '--yes'] as const;

/** A prototype in a repository with one commit. */
export function prototype(more: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = join(emptyFolder(), 'orders');
  put(folder, { ...orders, ...more });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'first');
  return folder;
}

export function put(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

export function git(folder: string, ...words: string[]): string {
  const who = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', '-c', 'commit.gpgSign=false'];
  const env = { ...plainEnvironment(), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...who, ...words], { cwd: folder, env, stdio: 'pipe', encoding: 'utf8' }).trimEnd();
}

/** Runs a command on a project; whatever it says, it tells no key. What is remembered stays beside the project. */
export function run(folder: string, ...words: string[]): Run {
  const ended = shipshape(words, folder, { XDG_STATE_HOME: join(dirname(folder), 'state') });
  expect(`${ended.out}${ended.err}`.includes(key), `${words.join(' ')} tells the key`).toBe(false);
  return ended;
}

/** The same, where it has to work. */
export function done(folder: string, ...words: string[]): string {
  const { code, out, err } = run(folder, ...words);
  expect(code, `${words.join(' ')}\n${out}\n${err}`).toBe(0);
  return out;
}

/** Every file but those of git and of packages: its bytes as a hash, its mode, and where links lead. */
export function tree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const enter = (at: string): void => {
    for (const name of readdirSync(join(folder, at)).toSorted()) {
      const path = at === '' ? name : `${at}/${name}`;
      if (path === '.git' || name === 'node_modules') continue;
      const stats = lstatSync(join(folder, path));
      if (stats.isDirectory()) enter(path);
      else if (stats.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(folder, path))}`;
      else found[path] = `${(stats.mode & 0o777).toString(8)} ${hashOf(join(folder, path))}`;
    }
  };
  enter('');
  return found;
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
}

export function textOf(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** Folders too: undo leaves none behind. */
export function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !/^(?:\.git|node_modules)(?:\/|$)/.test(path))
    .toSorted();
}

export function makeReadOnly(folder: string, path: string): void {
  chmodSync(join(folder, path), 0o444);
}
