import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/commands/check-flags.ts';
import type { Report } from '../../src/flow/report.ts';
import { withFakes } from '../rules/fakes.ts';
import { plainEnvironment, shipshape, emptyFolder } from './shipshape.ts';

const naked: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'orders', type: 'module', dependencies: { express: '^5.0.0' } }),
  'server.js': `import express from 'express';
const app = express();
const orders = [];
app.use(express.json());
app.get('/orders', (request, response) => response.json(orders));
app.post('/orders', (request, response) => {
  orders.push(request.body);
  response.status(201).end();
});
app.listen(3000);
`,
};

/** A prototype that nobody has looked after, with git where it is asked for. */
function prototype(more: Readonly<Record<string, string>> = {}, git = false): string {
  const folder = join(emptyFolder(), 'orders');
  put(folder, { ...naked, ...more });
  if (git) commit(folder, 'first');
  return folder;
}

function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function commit(folder: string, message: string): void {
  const git = (...words: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
      cwd: folder,
      env: plainEnvironment(),
      stdio: 'pipe',
    });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

/** Every path with its time and size: what was written shows. */
function traces(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => {
    const { mtimeMs, size } = statSync(join(folder, path));
    return `${path} ${mtimeMs} ${size}`;
  });
}

function reportOn(folder: string, ...flags: string[]): Report {
  return JSON.parse(shipshape(['check', '.', '--format', 'json', ...flags], folder).out) as Report;
}

describe('a naked prototype', () => {
  test('may not go live: the first screen says why, and what to type', () => {
    const { code, out, err } = shipshape(['check'], prototype());
    expect(code).toBe(1);
    expect(err).toBe('');
    const [screen = ''] = out.split('\n\nWho ');
    expect(screen).toContain('May this go live? No, because:');
    expect(screen.match(/^ {2}- /gm)?.length).toBeLessThanOrEqual(5);
    expect(screen).toMatch(/^Start here {2}node \S+bin\/shipshape\.js explain [a-z]+\/[a-z-]+$/m);
    // The command holds the path of this checkout, however long that is.
    const lines = out.split('\n').filter((line) => !line.startsWith('Start here'));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test.each(formats)('is told as %s, ends with 1, and nothing is written', (format) => {
    const folder = prototype({}, true);
    const before = traces(folder);
    const { code, out } = shipshape(['check', '--format', format], folder);
    expect(code).toBe(1);
    expect(out).toContain('ownership/owner-declared');
    expect(traces(folder)).toEqual(before);
  });

  test('--json is --format json', () => {
    const folder = prototype();
    expect(JSON.parse(shipshape(['check', '--json'], folder).out)).toEqual(reportOn(folder));
  });

  test('two runs say the same', () => {
    const folder = prototype();
    expect(shipshape(['check', '--all'], folder).out).toBe(shipshape(['check', '--all'], folder).out);
  });
});

describe('what ends with which number', () => {
  test.each([
    [['--fail-on', 'never'], 0],
    [['--fail-on', 'any'], 1],
    [['--only', 'ownership', '--fail-on', 'blocker'], 0],
    [['--only', 'ownership/owner-declared'], 1],
    [['--only', 'ownership', '--skip', 'ownership'], 2],
  ] as const)('%j: %i', (flags, code) => {
    expect(shipshape(['check', ...flags], prototype()).code).toBe(code);
  });

  test.each([{ files: {} }, { files: { 'README.md': '# To do\n' } }])(
    'a folder without a program is no error and no yes: $files',
    ({ files }) => {
      const folder = emptyFolder();
      put(folder, files);
      const { code, out } = shipshape(['check'], folder);
      expect(code).toBe(0);
      expect(out).toContain('There is no program here: is this the right folder?');
      expect(out).toContain('Nothing could be judged.');
      expect(reportOn(folder).conclusion.answer).toBe('not-known');
    },
  );
});

interface Refusal {
  readonly words: readonly string[];
  readonly code: string;
  readonly says: string;
}

const refusals: readonly Refusal[] = [
  { words: ['nowhere'], code: 'not-a-folder', says: 'no folder to check' },
  { words: ['.', 'main'], code: 'too-many-arguments', says: '--diff main' },
  { words: ['--only', 'auth/default-dney'], code: 'unknown-rule', says: 'Did you mean auth/default-deny?' },
  { words: ['--skip', 'secret'], code: 'unknown-rule', says: 'explain lists every rule' },
  { words: ['--format', 'yaml'], code: 'bad-value', says: 'text, json, sarif' },
  { words: ['--stage', 'beta'], code: 'bad-value', says: 'prototype, production' },
  { words: ['--fail-on', 'critical'], code: 'bad-value', says: 'blocker' },
  { words: ['--baseline', 'use'], code: 'no-baseline', says: '--baseline write' },
  { words: ['--baseline', 'write', '--only', 'auth'], code: 'conflicting-flags', says: 'all rules' },
  { words: ['--changed', '--diff', 'main'], code: 'conflicting-flags', says: 'does not go with' },
  { words: ['--diff', 'main'], code: 'no-git', says: 'git' },
  { words: ['--output', 'package.json/report.html'], code: 'not-writable', says: '--output' },
  { words: ['--formt', 'json'], code: 'unknown-flag', says: 'Did you mean --format?' },
];

describe('bad input', () => {
  test.each(refusals)('$words ends with 2 and says what to type', ({ words, code, says }) => {
    const folder = prototype();
    const run = shipshape(['check', ...words], folder);
    expect(run.code).toBe(2);
    expect(run.err.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(run.err).not.toMatch(/\bat .*\.[cm]?js:\d+/);
    if (words.includes('--format')) return;
    const json = shipshape(['check', ...words, '--json'], folder);
    expect(JSON.parse(json.out)).toMatchObject({ code });
    expect(json.code).toBe(2);
  });

  test('a baseline that is none is said', () => {
    const run = shipshape(['check', '--baseline', 'use'], prototype({ '.shipshape/baseline.json': '{}' }));
    expect([run.code, run.err.includes('not one that create-shipshape has written')]).toEqual([2, true]);
  });
});

describe('--output', () => {
  test('writes each file in the form of its ending, and prints the text', () => {
    const folder = prototype();
    const { out, code } = shipshape(['check', '--output', 'out/a.html,out/a.sarif,out/a.md,out/a.json'], folder);
    expect(code).toBe(1);
    expect(out).toContain('May this go live?');
    const written = (name: string): string => readFileSync(join(folder, 'out', name), 'utf8');
    expect(written('a.html')).toMatch(/^<!doctype html>/);
    expect(JSON.parse(written('a.sarif'))).toMatchObject({ version: '2.1.0' });
    expect(written('a.md')).toMatch(/^## /);
    expect(JSON.parse(written('a.json'))).toMatchObject({ schema: 1 });
  });

  test('takes --format for any ending', () => {
    const folder = prototype();
    shipshape(['check', '--format', 'prompt', '--output', 'todo.txt'], folder);
    expect(readFileSync(join(folder, 'todo.txt'), 'utf8')).toMatch(/^----- 1 of /);
  });
});

describe('--baseline', () => {
  test('accepts what is there, fails on what is new, and may only get smaller', () => {
    const folder = prototype();
    expect(shipshape(['check', '--baseline', 'write'], folder).code).toBe(0);
    const written = readFileSync(join(folder, '.shipshape/baseline.json'), 'utf8');
    expect(shipshape(['check', '--baseline', 'use'], folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing is new since the baseline') as string,
    });
    put(folder, { 'shipshape.json': '{ "waivers": [{ "rule": "auth/default-deny" }] }' });
    expect(shipshape(['check', '--baseline', 'use'], folder).code).toBe(1);
    const grown = shipshape(['check', '--baseline', 'write'], folder);
    expect([grown.code, grown.err.includes('may only get smaller')]).toEqual([2, true]);
    expect(readFileSync(join(folder, '.shipshape/baseline.json'), 'utf8')).toBe(written);
    put(folder, { 'shipshape.json': '{ "waivers": [] }', '.github/CODEOWNERS': '* @acme/shop @ben\n' });
    expect(shipshape(['check', '--baseline', 'write'], folder).code).toBe(0);
    expect(readFileSync(join(folder, '.shipshape/baseline.json'), 'utf8').length).toBeLessThanOrEqual(written.length);
  });
});

describe('where a baseline lies', () => {
  test('--baseline write ends with the file and how many findings it accepts', () => {
    const folder = prototype();
    const last = shipshape(['check', '--baseline', 'write'], folder).out.trim().split('\n').at(-1);
    expect(last).toMatch(/baseline\.json is written: it accepts \d+ findings\.$/);
    expect(() => JSON.parse(shipshape(['check', '--baseline', 'write', '--json'], folder).out)).not.toThrow();
  });

  test.skipIf(process.platform === 'win32').each(['use', 'write'])(
    '%s follows no link and waits for no pipe',
    (how) => {
      const outside = emptyFolder();
      put(outside, { 'baseline.json': '{}' });
      const linked = prototype();
      symlinkSync(outside, join(linked, '.shipshape'));
      const piped = prototype({ '.shipshape/README.md': '' });
      execFileSync('mkfifo', [join(piped, '.shipshape/baseline.json')]);
      const linkedFile = prototype({ '.shipshape/README.md': '' });
      symlinkSync(join(outside, 'baseline.json'), join(linkedFile, '.shipshape/baseline.json'));
      for (const folder of [linked, piped, linkedFile]) {
        const { code, err } = shipshape(['check', '--baseline', how], folder);
        expect([code, err.includes('has to be a file of this repository')]).toEqual([2, true]);
      }
      expect(readFileSync(join(outside, 'baseline.json'), 'utf8')).toBe('{}');
    },
  );
});

describe('revisions', () => {
  test('--changed tells only what lies in changed files', () => {
    const folder = prototype({}, true);
    expect(reportOn(folder, '--changed').findings).toEqual([]);
    put(folder, { 'shipshape.json': '{ "waivers": [{ "rule": "auth/default-deny" }] }' });
    expect(reportOn(folder, '--changed').findings.map(({ rule }) => rule)).toEqual(['ownership/waivers-complete']);
    expect(reportOn(folder, '--changed=main').changedSince).toBe('main');
  });

  test('--diff tells what got worse since a revision, and which safeguards are gone', () => {
    const guarded = (naked['server.js'] ?? '').replace(
      'const orders',
      "import helmet from 'helmet';\napp.use(helmet());\nconst orders",
    );
    const folder = prototype({ 'server.js': guarded, '.github/CODEOWNERS': '* @acme/shop @ben\n' }, true);
    expect(shipshape(['check', '--diff', 'HEAD'], folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('No.') as string,
    });
    put(folder, { 'server.js': naked['server.js'] ?? '', '.github/CODEOWNERS': '' });
    const { code, out } = shipshape(['check', '--diff', 'HEAD'], folder);
    expect(code).toBe(1);
    expect(out).toContain('Did it get worse since HEAD? Yes:');
    expect(out).toMatch(/Control removed\n[\s\S]*helmet was taken out/);
    expect(out).toContain('Nobody has to agree to a change of *');
    expect(shipshape(['check', '--diff', 'nowhere'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('nowhere') as string,
    });
  });
});

test('--history tells a secret that was taken out of the files, masked', () => {
  const secret = withFakes('{{stripe-key}}');
  const folder = prototype({ 'pay.js': `export const stripe = new Stripe('${secret}');\n` }, true);
  put(folder, { 'pay.js': 'export const stripe = new Stripe(process.env.STRIPE_KEY);\n' });
  commit(folder, 'second');
  expect(shipshape(['check', '--only', 'secrets/no-hardcoded'], folder).code).toBe(0);
  const { code, out } = shipshape(['check', '--only', 'secrets/no-hardcoded', '--history'], folder);
  expect([code, out.includes(secret)]).toEqual([1, false]);
  expect(out).toContain('stands in the history');
});

test('a folder further down is told by its path from where the check was started', () => {
  const folder = prototype();
  const { out } = shipshape(['check', 'orders', '--format', 'github', '--stage', 'production'], dirname(folder));
  expect(out).toContain('file=orders/');
  const inActions = shipshape(['check', folder, '--format', 'github', '--stage', 'production'], emptyFolder(), {
    GITHUB_WORKSPACE: dirname(folder),
  });
  expect(inActions.out).toContain('file=orders/');
});

/** The lock file comes with the install, which the examples leave out. */
const asCreated = ['--stage', 'production', '--fail-on', 'any', '--skip', 'deps/lockfile-frozen'];

/** The others are prototypes: naked ones, and what retrofit made of them, without what it keeps out of git. */
const created = readdirSync('examples').filter((name) => name !== 'prototypes');

test.each(created)('nothing is found in examples/%s, in production either', (name) => {
  const folder = join(emptyFolder(), name);
  cpSync(join('examples', name), folder, { recursive: true });
  const { out, code } = shipshape(['check', ...asCreated], folder);
  expect(out).toContain('May this go live? Yes.');
  expect(code, out).toBe(0);
});

describe('explain', () => {
  test('lists all rules, those of a group, and one with its examples', () => {
    const folder = emptyFolder();
    const all = shipshape(['explain'], folder);
    expect([all.code, all.out.includes('ownership/owner-declared')]).toEqual([0, true]);
    expect(shipshape(['explain', 'secrets'], folder).out).not.toContain('ownership/');
    const one = shipshape(['explain', 'ownership/owner-declared'], folder).out;
    for (const part of [
      'Why',
      'How it is found',
      'What it does not see',
      'How to mend it',
      'How to waive it',
      'Told:',
      'Not told:',
    ])
      expect(one).toContain(part);
    expect(JSON.parse(shipshape(['explain', 'ownership/owner-declared', '--json'], folder).out)).toMatchObject({
      id: 'ownership/owner-declared',
    });
  });

  test('knows what only guardrails keep, and refuses what is no rule', () => {
    expect(shipshape(['explain', 'agent/instructions-sound'], emptyFolder()).code).toBe(0);
    expect(shipshape(['explain', 'owner-declared'], emptyFolder())).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean ownership/owner-declared?') as string,
    });
  });
});

test('schema report is the published schema', () => {
  const printed: unknown = JSON.parse(shipshape(['schema', 'report'], emptyFolder()).out);
  expect(printed).toEqual(JSON.parse(readFileSync('schema/report.v1.json', 'utf8')));
});
