import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import agents from '../../src/guardrails/agents/retrofit.ts';
import { usersNode } from '../support/users-node.ts';
import { drafting, type Files } from './tests-scene.ts';

const app: Files = {
  'server.js': "const app = require('express')();\napp.listen(3000);\n",
  'package.json': '{\r\n\t"name": "orders"\r\n}\r\n',
  'guardrails/access.cjs': 'module.exports = {};\n',
  'guardrails/tests/guards.test.mjs': '',
  '.github/workflows/check.yml': 'on: push\r\n',
  '.env.example': 'KEY=\n',
};
const list = 'guardrails/guard-files.json';
const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-guard-list-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
function write(files: Files): string {
  const folder = join(root, String(count++));
  for (const [path, text] of Object.entries({ ...files, '.git/HEAD': '' })) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function check(folder: string, inside = '', ...words: string[]) {
  const program = [`guardrails/tests/guard-files.mjs`, ...words];
  const { status, stdout, stderr } = spawnSync(usersNode, program, { cwd: join(folder, inside), encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('the list of guard files', () => {
  test('is true of what was drafted', async () => {
    const { files } = await drafting(app, agents);
    expect(check(write(files))).toEqual({ status: 0, output: 'Guard files: every one is as it was written down.\n' });
    expect(files['package.json']).toMatch(/^\{\r\n\t"name": "orders",\r\n\t"scripts": \{\r\n\t\t"guard:check"/);
  });

  test('is true where package.json has comments, or cannot be read', async () => {
    for (const text of ['{\n  // ours\n  "name": "orders",\n}\n', '\uFEFF{ "name": "orders" }\n']) {
      const { files } = await drafting({ ...app, 'package.json': text }, agents);
      expect(check(write(files)).status).toBe(0);
      expect((await drafting(files, agents)).steps).toEqual([]);
    }
  });

  test('is true of an app below the top, whatever the line ends of a checkout', async () => {
    const below = Object.fromEntries(
      Object.entries(app).map(([path, text]) => [path.startsWith('.g') ? path : `api/${path}`, text]),
    );
    const { files } = await drafting(below, agents, { app: 'api' });
    const crlf = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, text.replaceAll(/\r?\n/g, '\r\n')]),
    );
    expect(check(write(crlf), 'api').output).toBe('Guard files: every one is as it was written down.\n');
  });

  test.each<[string, (files: Files) => Files, string]>([
    ['changed', (files) => ({ ...files, 'guardrails/access.cjs': 'open' }), 'changed  guardrails/access.cjs'],
    ['added', (files) => ({ ...files, 'guardrails/more.cjs': '' }), 'added    guardrails/more.cjs'],
    ['taken away', (files) => without(files, '.github/workflows/check.yml'), 'removed  .github/workflows/check.yml'],
    [
      'a script',
      (files) => ({ ...files, 'package.json': '{ "scripts": { "test": "true" } }' }),
      'changed  package.json',
    ],
    ['the list itself', (files) => without(files, list), 'added    guardrails/access.cjs'],
  ])('notices what is %s, until somebody says that it was meant', async (_name, change, words) => {
    const folder = write(change((await drafting(app, agents)).files));
    const { status, output } = check(folder);
    expect([status, output]).toEqual([1, expect.stringContaining(words)]);
    expect(check(folder, '', 'update').output).toContain(words);
    expect(check(folder).status).toBe(0);
  });

  test('follows what a later plan changes, and nothing that somebody else has changed', async () => {
    const { files } = await drafting(app, agents);
    expect((await drafting(files, agents)).steps).toEqual([]);
    const edited = { ...files, 'guardrails/access.cjs': 'open' };
    expect((await drafting(edited, agents)).steps).toEqual([]);
    const folder = write(edited);
    expect(readFileSync(join(folder, list), 'utf8')).toBe(files[list]);
    expect(check(folder).status).toBe(1);
  });
});

test('where nothing guards there is nothing to tell', async () => {
  const { steps, left } = await drafting({ 'package.json': '{}', 'bot.js': 'work();\n' }, agents);
  expect([steps, left]).toEqual([[], []]);
});

describe('AGENTS.md', () => {
  test('says what is there, and names commands that exist', async () => {
    const { files } = await drafting(app, agents);
    expect(files['AGENTS.md']).toContain('`guardrails/access.cjs`');
    expect(files['AGENTS.md']).toContain('npm run guard:update');
    expect(files['AGENTS.md']?.split('\n').length).toBeLessThan(60);
    expect(Object.keys(files)).not.toContain('CLAUDE.md');
  });

  test('of somebody else keeps every byte and gets a part behind them', async () => {
    const theirs = '\uFEFF# Ours\r\n\r\nBe kind.';
    const { files } = await drafting({ ...app, 'AGENTS.md': theirs }, agents);
    expect(files['AGENTS.md']?.startsWith(`${theirs}\r\n\r\n## Guard files are not yours to edit\r\n`)).toBe(true);
    expect(files['AGENTS.md']?.replaceAll('\r\n', '')).not.toContain('\n');
    expect((await drafting(files, agents)).steps).toEqual([]);
  });

  test('is pointed to by what other tools read, where that is there', async () => {
    const others = {
      'CLAUDE.md': '# Claude\n',
      '.github/copilot-instructions.md': 'Be brief',
      '.cursorrules': 'See AGENTS.md\n',
    };
    const { files } = await drafting({ ...app, ...others }, agents);
    expect(files['CLAUDE.md']).toBe('# Claude\n\n@AGENTS.md\n');
    expect(files['.github/copilot-instructions.md']).toMatch(/^Be brief\n\nRead AGENTS\.md first/);
    expect(files['.cursorrules']).toBe('See AGENTS.md\n');
  });
});

function without(files: Files, path: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== path));
}
