import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, listing, shipshape } from './shipshape.ts';

const owner = ['--owner', '@ana', '--no-install', '--no-git'];

interface Refusal {
  readonly title: string;
  readonly words: readonly string[];
  readonly code: string;
  /** What a person must be able to read. */
  readonly says: readonly string[];
  readonly before?: (folder: string) => void;
}

const refusals: readonly Refusal[] = [
  { title: 'no owner', words: ['my-app'], code: 'missing-owner', says: ['--owner', 'never guesses'] },
  {
    title: 'no folder',
    words: owner,
    code: 'missing-name',
    says: ['folder', 'npm create shipshape@latest my-app -- '],
  },
  {
    title: 'an unknown flag',
    words: ['my-app', ...owner, '--framwork', 'hono'],
    code: 'unknown-flag',
    says: ['Did you mean --framework?', '--sign-up'],
  },
  {
    title: 'an unknown value',
    words: ['my-app', ...owner, '--framework', 'fastfy'],
    code: 'bad-value',
    says: ['Did you mean fastify?', 'hono, fastify, express'],
  },
  { title: 'a flag without its value', words: ['my-app', '--owner'], code: 'missing-value', says: ['needs a value'] },
  {
    title: 'a value for a switch',
    words: ['my-app', ...owner, '--yes=no'],
    code: 'bad-value',
    says: ['takes no value'],
  },
  {
    title: 'a flag given twice',
    words: ['my-app', ...owner, '--owner', '@ben'],
    code: 'repeated-flag',
    says: ['--owner was given twice'],
  },
  {
    title: 'two flags that exclude each other',
    words: ['my-app', ...owner, '--auth', 'oidc', '--sign-up', 'open'],
    code: 'conflicting-flags',
    says: ['--sign-up does not go with --auth oidc', 'Leave --sign-up out'],
  },
  {
    title: 'the same person twice',
    words: ['my-app', ...owner, '--second-owner', '@Ana'],
    code: 'conflicting-flags',
    says: ['same person'],
  },
  { title: 'a second word', words: ['my-app', 'hono', ...owner], code: 'too-many-arguments', says: ['my-app hono'] },
  {
    title: 'a command with two letters that changed places',
    words: ['chekc', '.'],
    code: 'too-many-arguments',
    says: ['Did you mean check?'],
  },
  {
    title: 'a command with a slip of the pen',
    words: ['generat', 'route', 'tickets'],
    code: 'too-many-arguments',
    says: ['Did you mean generate?'],
  },
  {
    title: 'an end date in the past',
    words: ['my-app', ...owner, '--expires', '2020-01-31'],
    code: 'expiry-in-the-past',
    says: ['2020-01-31 is in the past', '90d'],
  },
  {
    title: 'an end date too far away',
    words: ['my-app', ...owner, '--expires', '91d'],
    code: 'expiry-too-far',
    says: ['more than 90 days away'],
  },
  {
    title: 'a date that is none',
    words: ['my-app', ...owner, '--expires', '2026-02-30'],
    code: 'bad-value',
    says: ['not a date'],
  },
  {
    title: 'a placeholder as the owner',
    words: ['my-app', '--owner', '@me'],
    code: 'bad-value',
    says: ['placeholder', '@company/team'],
  },
  {
    title: 'an owner without an at sign',
    words: ['my-app', '--owner', 'ana'],
    code: 'bad-value',
    says: ['neither a handle'],
  },
  {
    title: 'a name that npm refuses',
    words: ['My App!', ...owner],
    code: 'bad-name',
    says: ['npm refuses', 'Try my-app'],
  },
  {
    title: 'a name that is a command',
    words: ['./check', ...owner],
    code: 'reserved-name',
    says: ['command', 'check-app'],
  },
  { title: 'a command to come', words: ['update'], code: 'not-yet-built', says: ['update does not exist yet'] },
  {
    title: 'a folder that is not empty',
    words: ['my-app', ...owner],
    code: 'folder-not-empty',
    says: ['notes.txt, plan.md'],
    before: (folder) => {
      mkdirSync(join(folder, 'my-app'));
      for (const name of ['plan.md', 'notes.txt']) writeFileSync(join(folder, 'my-app', name), '');
    },
  },
  {
    title: 'a folder that holds a project',
    words: ['my-app', ...owner],
    code: 'existing-project',
    says: ['retrofit brings it into shape'],
    before: (folder) => {
      mkdirSync(join(folder, 'my-app'));
      writeFileSync(join(folder, 'my-app', 'package.json'), '{}');
    },
  },
  {
    title: 'being started inside a project, with no name',
    words: owner,
    code: 'existing-project',
    says: ['retrofit'],
    before: (folder) => writeFileSync(join(folder, 'package.json'), '{}'),
  },
  {
    title: 'a file in the way',
    words: ['my-app', ...owner],
    code: 'file-in-the-way',
    says: ['A file stands where'],
    before: (folder) => writeFileSync(join(folder, 'my-app'), ''),
  },
  {
    title: 'a file in the way further up',
    words: ['notes/apps/my-app', ...owner],
    code: 'file-in-the-way',
    says: ['A file stands where', 'notes'],
    before: (folder) => writeFileSync(join(folder, 'notes'), ''),
  },
  {
    title: 'an unwritable place',
    words: ['/proc/my-app', ...owner],
    code: 'not-writable',
    says: ['cannot be written', '/proc'],
  },
  {
    title: 'a package manager that is not there',
    words: ['my-app', '--owner', '@ana', '--package-manager', 'bun'],
    code: 'no-package-manager',
    says: ['bun is not installed', '--package-manager npm'],
  },
];

describe.each(refusals)('$title', ({ words, code, says, before }) => {
  const environment = { PATH: '/nowhere' };

  test('is said in plain words, ends with 2 and writes nothing', () => {
    const folder = emptyFolder();
    before?.(folder);
    const there = listing(folder);
    const run = shipshape(words, folder, environment);
    expect(run.code).toBe(2);
    expect(run.out).not.toContain('Created');
    const told = run.err.replaceAll(/\s+/g, ' ');
    for (const part of says) expect(told).toContain(part);
    expect(told).not.toMatch(/\bat .*\.js:\d+/);
    expect(listing(folder)).toEqual(there);
  });

  test('is JSON under --json', () => {
    const folder = emptyFolder();
    before?.(folder);
    const run = shipshape([...words, '--json'], folder, environment);
    const error = JSON.parse(run.out) as Record<string, unknown>;
    expect(Object.keys(error)).toEqual(['code', 'message', 'where', 'next']);
    expect(error['code']).toBe(code);
    expect(run.code).toBe(2);
    expect(run.err).toBe('');
  });
});
