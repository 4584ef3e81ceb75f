import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import type { Step } from '../../src/tree/step.ts';
import type { RunOptions } from '../../src/world/carry-out.ts';
import { refusalsFor } from '../../src/world/refusals.ts';
import { statePlaces } from '../../src/world/state-folder.ts';
import { applyChanges } from '../../src/world/write-changes.ts';
import { folderWith, generatedCase, pictureOf, put } from '../support/trees.ts';

const now = new Date('2026-11-22T12:00:00Z');

/** Options whose state lies in a folder of its own. */
function options(): RunOptions & { readonly environment: { readonly XDG_STATE_HOME: string } } {
  return { now, environment: { XDG_STATE_HOME: folderWith({}) } };
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'nothing thrown';
  } catch (error) {
    return error instanceof KnownError ? error.failure.code : String(error);
  }
}

const edit = (path: string, before: string, after: string): Step => ({ kind: 'edit', path, by: 'auth', before, after });
const create = (path: string, after = 'new\n'): Step => ({ kind: 'create', path, by: 'auth', after });

test('steps are written, and several on one file add up', () => {
  const root = folderWith({ 'a.txt': 'a', 'old.txt': 'old', 'run.sh': 'x' });
  chmodSync(join(root, 'run.sh'), 0o751);
  const record = applyChanges(
    root,
    [
      edit('a.txt', 'a', 'ab'),
      { kind: 'edit', path: 'a.txt', by: 'secrets', before: 'ab', after: 'abc', hides: true },
      edit('run.sh', 'x', 'y'),
      create('deep/er/new.txt'),
      { ...create('.env', 'KEY=1\n'), secret: true },
      { ...create('bin/start', '#!'), mode: 0o755 },
      { kind: 'create', path: 'icon.png', by: 'auth', after: new Uint8Array([0x89, 0xff]) },
      { kind: 'remove', path: 'old.txt', by: 'auth', before: 'old' },
    ],
    options(),
  );
  expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('abc');
  expect(readFileSync(join(root, 'icon.png'))).toEqual(Buffer.from([0x89, 0xff]));
  expect(readdirSync(root).toSorted()).toEqual(['.env', 'a.txt', 'bin', 'deep', 'icon.png', 'run.sh']);
  const modes = ['run.sh', '.env', 'bin/start'].map((path) => statSync(join(root, path)).mode & 0o777);
  expect(modes).toEqual([0o751, 0o600, 0o755]);
  expect(record?.folders).toEqual(['bin', 'deep', 'deep/er']);
  expect(record?.steps.map(({ by, path }) => `${by} ${path}`).slice(0, 2)).toEqual(['auth a.txt', 'secrets a.txt']);
});

test('no steps, and steps that lead nowhere, leave no trace', () => {
  const root = folderWith({ 'a.txt': 'a' });
  const { environment } = options();
  expect(applyChanges(root, [], { environment })).toBeUndefined();
  expect(applyChanges(root, [edit('a.txt', 'a', 'b'), edit('a.txt', 'b', 'a')], { environment })).toBeUndefined();
  expect(readdirSync(environment.XDG_STATE_HOME)).toEqual([]);
});

const refused: [string, (root: string) => void, Step, string][] = [
  ['an edit of what has changed', () => {}, edit('a.txt', 'other', 'b'), 'changed-meanwhile'],
  ['an edit of what differs by a byte order mark', () => {}, edit('a.txt', '\uFEFFa', 'b'), 'changed-meanwhile'],
  ['an edit of what is gone', (root) => rmSync(join(root, 'a.txt')), edit('a.txt', 'a', 'b'), 'changed-meanwhile'],
  ['a new file where one is', () => {}, create('a.txt'), 'file-in-the-way'],
  [
    'a new file where a link leads nowhere',
    (root) => symlinkSync('x', join(root, 'l')),
    create('l'),
    'file-in-the-way',
  ],
  ['an edit of a link', (root) => symlinkSync('a.txt', join(root, 'l')), edit('l', 'a', 'b'), 'file-in-the-way'],
  ['an edit of a folder', (root) => mkdirSync(join(root, 'd')), edit('d', '', 'b'), 'file-in-the-way'],
  ['a new file below a file', () => {}, create('a.txt/b'), 'file-in-the-way'],
  [
    'bytes that are no text',
    (root) => put(root, 'a.txt', Buffer.from([0xc3, 0x28])),
    edit('a.txt', 'a', 'b'),
    'cannot-edit',
  ],
  ['a read-only file', (root) => chmodSync(join(root, 'a.txt'), 0o444), edit('a.txt', 'a', 'b'), 'not-writable'],
  ['a link out of the project', (root) => symlinkSync('..', join(root, 'up')), create('up/x'), 'unsafe-path'],
  ['a link that leads nowhere', (root) => symlinkSync('x/y', join(root, 'up')), create('up/x'), 'unsafe-path'],
  ['a path that climbs', () => {}, create('../x'), 'unsafe-path'],
  ['a path from the root of the disk', () => {}, create('/tmp/x'), 'unsafe-path'],
  ['the folder of git', () => {}, create('.git/hooks/pre-commit'), 'unsafe-path'],
  ['the folder of git, in other letters', () => {}, create('sub/.Git/config'), 'unsafe-path'],
  [
    'the folder of git, by a link',
    (root) => (mkdirSync(join(root, '.git')), symlinkSync('.git', join(root, 'g'))),
    create('g/config'),
    'unsafe-path',
  ],
];

test.each(refused)('%s is refused, and nothing is written', (_what, make, step, code) => {
  const root = folderWith({ 'a.txt': 'a', 'b.txt': 'b' });
  make(root);
  const before = pictureOf(root);
  const { environment } = options();
  const steps = [create('early.txt'), edit('b.txt', 'b', 'B'), step];
  expect(codeOf(() => applyChanges(root, steps, { environment }))).toBe(code);
  expect(refusalsFor(root, steps).map(({ path }) => path)).toEqual([step.path]);
  expect(pictureOf(root)).toEqual(before);
  expect(readdirSync(environment.XDG_STATE_HOME)).toEqual([]);
});

test('half of a surrogate pair cannot be written', () => {
  const root = folderWith({});
  expect(() => applyChanges(root, [create('a.txt', 'a\ud800')], options())).toThrow('surrogate');
  expect(readdirSync(root)).toEqual([]);
});

test('a link inside the project is followed', () => {
  const root = folderWith({ 'real/a.txt': 'a' });
  symlinkSync('real', join(root, 'linked'));
  applyChanges(root, [edit('linked/a.txt', 'a', 'b'), create('linked/new.txt')], options());
  expect(readFileSync(join(root, 'real/a.txt'), 'utf8')).toBe('b');
  expect(readdirSync(join(root, 'real')).toSorted()).toEqual(['a.txt', 'new.txt']);
});

/** Throws the system's error at one effect, and lets all others be. */
function failAt(number: number, code: string): () => void {
  let effect = 0;
  return () => {
    if (effect++ !== number) return;
    throw Object.assign(new Error(code), { code, syscall: 'write' });
  };
}

test.each(['ENOSPC', 'EACCES'])('a disk that says %s at any effect leaves the old tree or the new one', (code) => {
  const seen = new Set<string>();
  for (let effect = 0; effect < 200; effect++) {
    const { folder, steps } = generatedCase(7);
    const { environment } = options();
    const before = pictureOf(folder);
    const outcome = codeOf(() => applyChanges(folder, steps, { environment, pause: failAt(effect, code) }));
    seen.add(outcome);
    if (outcome === 'nothing thrown') break;
    if (outcome === 'not-writable') expect(pictureOf(folder), `effect ${effect}`).toEqual(before);
    else expect(outcome, `effect ${effect}`).toBe('unsettled');
  }
  expect([...seen].toSorted()).toEqual(['not-writable', 'nothing thrown', 'unsettled']);
});

test('a file that is edited while we write takes everything back, and keeps the edit', () => {
  const root = folderWith({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
  const steps = [create('n.txt'), edit('a.txt', 'a', 'A'), edit('b.txt', 'b', 'B'), edit('c.txt', 'c', 'C')];
  const pause = (what: string) => {
    if (what.startsWith('rename') && what.endsWith('a.txt')) put(root, 'b.txt', 'mine');
  };
  expect(codeOf(() => applyChanges(root, steps, { ...options(), pause }))).toBe('changed-meanwhile');
  expect(readdirSync(root)).toEqual(['a.txt', 'b.txt', 'c.txt']);
  expect(['a.txt', 'b.txt', 'c.txt'].map((path) => readFileSync(join(root, path), 'utf8'))).toEqual(['a', 'mine', 'c']);
});

test('what we remember lies inside .git, for its owner alone, and git does not see it', () => {
  const root = folderWith({ 'a.txt': 'secret' });
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  applyChanges(root, [edit('a.txt', 'secret', 'b')], options());
  const place = join(root, '.git', 'shipshape', 'top');
  expect(statePlaces(root)[0]).toEqual({ kind: 'git', folder: place });
  expect(readdirSync(place)).toEqual(['runs']);
  const paths = ['..', '.', 'runs', 'runs/0001.json'].map((path) => join(place, path));
  expect(paths.map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700, 0o700, 0o600]);
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })).toBe('?? a.txt\n');
});

test('without git we remember things in the folder of the user', () => {
  const root = folderWith({ 'a.txt': 'a' });
  const { environment } = options();
  applyChanges(root, [edit('a.txt', 'a', 'b')], { environment });
  const [place] = statePlaces(root, environment);
  expect(place?.folder.startsWith(join(environment.XDG_STATE_HOME, 'create-shipshape'))).toBe(true);
  expect(existsSync(join(place?.folder ?? '', 'runs', '0001.json'))).toBe(true);
});
