import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { violations, type Schema } from '../support/json-schema.ts';
import { done, git, key, orders, prototype, quickly, run, textOf, tree } from './retrofit-prototype.ts';
import { emptyFolder, shipshape } from './shipshape.ts';

// Each test starts the program a few times, maybe on a busy computer.
vi.setConfig({ testTimeout: 120_000 });

const schema = JSON.parse(readFileSync('schema/retrofit.v1.json', 'utf8')) as Schema;

interface Told {
  readonly code: string;
  readonly changes: readonly { path: string; kind: string; by: string; why: string; diff?: string }[];
}

function planOf(folder: string, ...words: string[]): Told {
  return JSON.parse(done(folder, 'retrofit', ...quickly, '--dry-run', '--json', ...words)) as Told;
}

function guardrailsIn({ changes }: Told): string[] {
  return [...new Set(changes.map(({ by }) => by))].toSorted();
}

describe('a plan', () => {
  test('shows what is missing, the key first, and every change; nothing is written', () => {
    const folder = prototype();
    const before = tree(folder);
    const out = done(folder, 'retrofit', ...quickly, '--dry-run');
    expect(out.indexOf('Revoke this key now')).toBeLessThan(out.indexOf('What it is'));
    expect(out).toContain("+ const { guard } = require('./guardrails/index.cjs');");
    expect(out).toContain('+ guard(app);');
    expect(out).toContain('Nothing was run and nothing was written.');
    expect(tree(folder)).toEqual(before);
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });

  test('is told to programs as the schema says, each change with who wants it and why', () => {
    const told = planOf(prototype());
    expect(violations(told, schema)).toEqual([]);
    expect(told.code).toBe('planned');
    const edit = told.changes.find(({ path, by }) => path === 'server.js' && by === 'wiring');
    expect(edit).toMatchObject({ kind: 'edit', why: expect.stringContaining('every request') as string });
    expect(edit?.diff).toContain('+guard(app);');
  });

  test('--only takes what it needs along, --skip leaves out', () => {
    const folder = prototype();
    const only = guardrailsIn(planOf(folder, '--only', 'auth'));
    expect(only).toContain('auth');
    expect(only).not.toContain('telemetry');
    const skipped = guardrailsIn(planOf(folder, '--skip', 'telemetry,ci'));
    expect(skipped).toContain('auth');
    expect(skipped.filter((by) => by === 'telemetry' || by === 'ci')).toEqual([]);
  });

  test('a package of several apps is named by --app; without it they are listed', () => {
    const folder = prototype({
      ...within('apps/one', orders),
      ...within('apps/two', orders),
      'package.json': '{ "name": "all", "private": true, "workspaces": ["apps/*"] }\n',
      'server.js': '',
    });
    const { code, err } = run(folder, 'retrofit', ...quickly);
    expect(code).toBe(2);
    for (const part of ['--app', 'apps/one', 'apps/two']) expect(err).toContain(part);
    const { changes } = planOf(folder, '--app', 'apps/two');
    expect(changes.map(({ path }) => path)).toContain('apps/two/server.js');
    expect(changes.filter(({ path }) => path.startsWith('apps/one/'))).toEqual([]);
  });
});

function within(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

describe('who may call what', () => {
  test('--open and --close are entries of the access table', () => {
    const folder = prototype();
    done(
      folder,
      'retrofit',
      ...quickly,
      '--only',
      'auth',
      '--open',
      'GET /prices=the price list is public',
      '--close',
      'GET /health',
    );
    const table = textOf(folder, 'guardrails/access.cjs');
    expect(table).toMatch(/'GET \/prices': open\('the price list is public'\)/);
    expect(table).toMatch(/'GET \/health': 'user'/);
    expect(table).toMatch(/'POST \/orders': 'user'/);
  });

  test.each(['--open=GET /price=all may', '--close=GET /price'])(
    '%s: there is no such route, and which there are',
    (flag) => {
      const { code, err } = run(prototype(), 'retrofit', ...quickly, flag);
      expect(code).toBe(2);
      expect(err).toContain('GET /price');
      expect(err).toContain('GET /prices');
    },
  );
});

describe('--answers', () => {
  const answered = { owner: '@ben', only: ['auth'], open: { 'GET /prices': 'the price list is public' } };

  test('says what flags say, and flags win', () => {
    const folder = prototype();
    const file = join(dirname(folder), 'answers.json');
    writeFileSync(file, JSON.stringify(answered));
    done(folder, 'retrofit', '--answers', file, '--prove', 'no', '--no-install', '--yes');
    expect(textOf(folder, 'guardrails/access.cjs')).toContain('the price list is public');
    const other = prototype();
    done(other, 'retrofit', '--answers', file, '--only', 'ownership', '--prove', 'no', '--yes');
    expect(textOf(other, 'shipshape.json')).toContain('@ben');
    expect(Object.keys(tree(other))).not.toContain('guardrails/access.cjs');
  });

  test.each([
    ['{ "owner": ', 'JSON'],
    ['["@ana"]', 'JSON object'],
    ['{ "owner": "@ana", "onwer": "@ben" }', '--onwer'],
    ['{ "owner": 7 }', 'owner'],
    ['{ "owner": "@ana", "auth": "ldap" }', 'password'],
  ])('%s is refused', (text, says) => {
    const folder = prototype();
    const before = tree(folder);
    const file = join(dirname(folder), 'answers.json');
    writeFileSync(file, text);
    const { code, err } = run(folder, 'retrofit', '--answers', file, '--prove', 'no', '--yes');
    expect([code, err]).toEqual([2, expect.stringContaining(says) as string]);
    expect(tree(folder)).toEqual(before);
  });
});

describe('a run', () => {
  test('writes what it has planned, tells no key, and a second one changes nothing', () => {
    const folder = prototype();
    const told = JSON.parse(done(folder, 'retrofit', ...quickly, '--json')) as Told;
    expect(violations(told, schema)).toEqual([]);
    expect(told.code).toBe('retrofitted');
    expect(textOf(folder, 'server.js')).not.toContain(key);
    expect(textOf(folder, '.env')).toContain(key);
    expect(git(folder, 'check-ignore', '.env')).toBe('.env');
    for (const path of ['handover.html', '.env.example', 'shipshape.json'])
      expect(textOf(folder, path)).not.toContain(key);
    const after = tree(folder);
    const again = done(folder, 'retrofit', ...quickly);
    expect(again).toContain('The plan: nothing has to change.');
    expect(tree(folder)).toEqual(after);
  });

  test('what was answered once is not asked again', () => {
    const folder = prototype();
    done(folder, 'retrofit', ...quickly, '--only', 'ownership');
    const { changes } = JSON.parse(done(folder, 'retrofit', '--dry-run', '--json')) as Told;
    expect(changes.filter(({ by }) => by === 'ownership')).toEqual([]);
  });
});

describe('add', () => {
  test('brings one guardrail in, and what it needs', () => {
    const folder = prototype();
    done(folder, 'add', 'auth', ...quickly);
    expect(textOf(folder, 'server.js')).toContain('guard(app);');
    expect(Object.keys(tree(folder)).filter((path) => /telemetry|workflows/.test(path))).toEqual([]);
  });

  test('comes beside what is there', () => {
    const folder = prototype();
    done(folder, 'retrofit', ...quickly, '--only', 'auth');
    const server = textOf(folder, 'server.js');
    done(folder, 'add', 'telemetry', ...quickly, '--allow-dirty');
    expect(textOf(folder, 'package.json')).toContain('--import ./guardrails/telemetry.cjs');
    expect(textOf(folder, 'server.js')).toBe(server);
  });

  test('without a name, or with one that is none, says the names', () => {
    const folder = prototype();
    expect(run(folder, 'add')).toMatchObject({ code: 2, err: expect.stringContaining('add auth') as string });
    const { code, err } = run(folder, 'add', 'oauth', ...quickly);
    expect([code, err]).toEqual([2, expect.stringContaining('auth') as string]);
  });
});

test('create in a folder that holds a project says that retrofit is meant, and writes nothing', () => {
  const folder = prototype();
  const before = tree(folder);
  const { code, err } = run(folder, 'create', '.', '--owner', '@ana', '--yes');
  expect(code).toBe(2);
  expect(err).toContain('retrofit');
  expect(tree(folder)).toEqual(before);
});

test('schema retrofit is the published schema', () => {
  expect(JSON.parse(shipshape(['schema', 'retrofit'], emptyFolder()).out)).toEqual(schema);
});
