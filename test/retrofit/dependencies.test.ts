import { describe, expect, test } from 'vitest';
import dependencies from '../../src/guardrails/dependencies/retrofit.ts';
import { openDraft } from '../../src/retrofit/draft.ts';
import { inputs } from '../support/answers.ts';
import { drafting, sceneOf, type Files } from './tests-scene.ts';

const lock = (packages: Record<string, object>): string =>
  JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }, null, 2);
const manifest = (more: object = {}): string =>
  `${JSON.stringify({ name: 'shop', dependencies: { express: '^5.0.0' }, ...more }, null, 2)}\n`;

const plain: Files = {
  'package.json': manifest({ engines: { node: '>=22' } }),
  'package-lock.json': lock({
    'node_modules/express': { version: '5.1.0' },
    'node_modules/body-parser': { version: '2.2.0' },
  }),
  'server.js': "const express = require('express');\nexpress().listen(3000);\n",
};

const image = (run: string): string => `FROM node:22\nWORKDIR /app\nCOPY package*.json ./\n${run}\nCOPY . .\n`;

/** What becomes of a project. A second time nothing is left to do. */
async function drafted(files: Files, answers = {}): Promise<Awaited<ReturnType<typeof drafting>>> {
  const result = await drafting(files, dependencies, answers);
  const again = await drafting(result.files, dependencies, answers);
  expect(again.steps).toEqual([]);
  return result;
}

describe('what the code takes is named', () => {
  test('in the version that the lock file holds', async () => {
    const { files } = await drafted({ ...plain, 'parse.js': "require('body-parser');\n" });
    expect(JSON.parse(files['package.json'] ?? '').dependencies).toEqual({ 'body-parser': '2.2.0', express: '^5.0.0' });
  });

  test('a class that is a type and a value', async () => {
    const text = "import { Parser } from 'body-parser';\nconst a: Parser = new Parser();\n";
    const { files } = await drafted({ ...plain, 'a.ts': text });
    expect(JSON.parse(files['package.json'] ?? '').dependencies).toHaveProperty('body-parser');
  });

  test('else in the version that lies in node_modules', async () => {
    const scene = sceneOf({ ...plain, 'helmet.js': "import helmet from 'helmet';\n" });
    const lying: Files = { ...plain, 'node_modules/helmet/package.json': '{ "name": "helmet", "version": "8.1.0" }' };
    const { by, drafted: made } = openDraft({
      repository: scene.repository,
      contentOf: (path) => lying[path],
      app: '',
      versions: inputs.versions,
    });
    await dependencies.retrofit(scene, by('dependencies'));
    expect(made().steps.find(({ path }) => path === 'package.json')).toHaveProperty(
      'after',
      expect.stringContaining('"helmet": "8.1.0"'),
    );
  });

  test('what only tests take is for development', async () => {
    const { files } = await drafted({ ...plain, 'test/a.test.js': "require('body-parser');\n" });
    expect(JSON.parse(files['package.json'] ?? '').devDependencies).toEqual({ 'body-parser': '2.2.0' });
  });

  test('a version that nobody knows is for a person to choose', async () => {
    const { left, files } = await drafted({ ...plain, 'db.js': "require('pg');\nrequire('@acme/tools/x');\n" });
    expect(left).toContainEqual(
      expect.objectContaining({ lines: ['npm install @acme/tools pg'], where: { path: 'db.js', line: 2 } }),
    );
    expect(files['package.json']).toBe(plain['package.json']);
  });

  test.each([
    "require('node:fs'); require('fs/promises'); require('./near');",
    "try { require('dotenv').config(); } catch {}",
    "import type { Request } from 'undici';",
    "import { Request } from 'undici';\nexport function f(a: Request): void {}\nexport interface B extends Request {}",
    "import a from '@/near';",
    "import a from '#near';",
    "import a from 'virtual:pages';",
  ])('%s takes nothing', async (text) => {
    const { steps, left } = await drafted({ ...plain, 'a.ts': text });
    expect(steps.filter(({ path }) => path === 'package.json')).toEqual([]);
    expect(left.filter(({ lines }) => lines.some((line) => line.startsWith('npm install')))).toEqual([]);
  });

  test.each([
    ['yarn.lock', '# yarn lockfile v1\n\nbody-parser@^2.0.0, body-parser@^2.1.0:\n  version "2.2.0"\n'],
    ['yarn.lock', '__metadata:\n  version: 8\n\n"body-parser@npm:^2.0.0":\n  version: 2.2.0\n'],
    ['pnpm-lock.yaml', "lockfileVersion: '9.0'\n\npackages:\n\n  body-parser@2.2.0:\n    resolution: {}\n"],
    ['bun.lock', '{ "packages": { "body-parser": ["body-parser@2.2.0", "", {}] } }'],
  ])('the version in %s', async (name, text) => {
    const { 'package-lock.json': _, ...rest } = plain;
    const { files } = await drafted({ ...rest, [name]: text, 'parse.js': "require('body-parser');\n" });
    expect(JSON.parse(files['package.json'] ?? '').dependencies['body-parser']).toBe('2.2.0');
  });

  test('two versions in one lock file are no answer', async () => {
    const { 'package-lock.json': _, ...rest } = plain;
    const text = 'a@^1.0.0:\n  version "1.0.0"\n\na@^2.0.0:\n  version "2.0.0"\n';
    const { left } = await drafted({ ...rest, 'yarn.lock': text, 'a.js': "require('a');\n" });
    expect(left.flatMap(({ lines }) => lines)).toContain('npm install a');
  });
});

describe('what may be installed', () => {
  test('is said where nothing said it', async () => {
    const { files } = await drafted(plain);
    const said = (files['.npmrc'] ?? '').split('\n').filter((line) => !line.startsWith('#'));
    expect(said).toEqual(['save-exact=true', 'min-release-age=3', 'ignore-scripts=true', '']);
  });

  test('a package that has to build something may do so', async () => {
    const packages = lock({ 'node_modules/sqlite3': { version: '5.1.7', hasInstallScript: true } });
    const { files } = await drafted({ ...plain, 'package-lock.json': packages });
    expect(files['.npmrc']).not.toContain('ignore-scripts');
  });

  test('npm would leave out what stands before and after scripts', async () => {
    const scripts = { scripts: { prestart: 'node check.js', start: 'node server.js' }, engines: { node: '>=22' } };
    const { files } = await drafted({ ...plain, 'package.json': manifest(scripts) });
    expect(files['.npmrc']).not.toContain('ignore-scripts');
  });

  test('what is said already stays, to the byte', async () => {
    const before = '; ours\r\nregistry=https://npm.acme.example/\r\nsave-exact = false';
    const { files } = await drafted({ ...plain, '.npmrc': before });
    expect(files['.npmrc']?.startsWith(`${before}\r\n# Days`)).toBe(true);
    expect(files['.npmrc']).not.toMatch(/save-exact=true|[^\r]\n/);
  });

  test('keys that stand there are not shown', async () => {
    const { steps } = await drafted({ ...plain, '.npmrc': '//npm.acme.example/:_authToken=${NPM_TOKEN}\n' });
    expect(steps.find(({ path }) => path === '.npmrc')).toMatchObject({ hides: true });
  });

  test('the settings of others are told, and not written', async () => {
    const { 'package-lock.json': _, ...rest } = plain;
    const { files, left } = await drafted({ ...rest, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" });
    expect(files).not.toHaveProperty('.npmrc');
    expect(left).toContainEqual(expect.objectContaining({ lines: ['minimumReleaseAge: 4320'] }));
  });
});

describe('the lock file', () => {
  test('git keeps it', async () => {
    const { files } = await drafted({ ...plain, '.gitignore': 'node_modules\r\npackage-lock.json' });
    expect(files['.gitignore']).toBe('node_modules\r\npackage-lock.json\r\n!package-lock.json\r\n');
  });

  test('the next install writes it', async () => {
    const { 'package-lock.json': _, ...rest } = plain;
    const { left } = await drafted(rest);
    expect(left).toContainEqual(expect.objectContaining({ lines: ['git add package-lock.json'] }));
  });

  test('of two, one is to go', async () => {
    const { left } = await drafted({ ...plain, 'yarn.lock': '# yarn lockfile v1\n' });
    expect(left.some(({ why }) => why.startsWith('there are 2 lock files'))).toBe(true);
  });

  test.each([
    ['RUN npm install', 'RUN npm ci'],
    ['RUN npm i --omit=dev && npm cache clean --force', 'RUN npm ci --omit=dev && npm cache clean --force'],
    ['RUN npm install --production \\\n  && npm run build', 'RUN npm ci --production \\\n  && npm run build'],
    ['RUN npm install -g pm2', 'RUN npm install -g pm2'],
    ['RUN npm install pm2 && npm install', 'RUN npm install pm2 && npm ci'],
    ['RUN npm ci', 'RUN npm ci'],
  ])('an image installs what it says: %s', async (before, after) => {
    const { files } = await drafted({ ...plain, Dockerfile: image(before) });
    expect(files['Dockerfile']).toBe(image(after));
  });

  test('an image that does not have it installs as before', async () => {
    const Dockerfile = 'FROM node:22\nCOPY package.json ./\nRUN npm install\n';
    expect((await drafted({ ...plain, Dockerfile })).files['Dockerfile']).toBe(Dockerfile);
  });
});

describe('which Node.js it needs', () => {
  const { engines: _, ...without } = { ...JSON.parse(manifest()), engines: undefined };
  const files = { ...plain, 'package.json': `${JSON.stringify(without, null, '\t')}\n` };

  test('what the image says', async () => {
    const { files: made } = await drafted({ ...files, Dockerfile: 'FROM node:22-alpine\n' });
    expect(made['package.json']).toContain('\t"engines": {\n\t\t"node": ">=22"\n\t}');
  });

  test('one major where Heroku chooses', async () => {
    const { files: made } = await drafted({ ...files, '.nvmrc': 'v22.3.0\n', Procfile: 'web: node server.js\n' });
    expect(JSON.parse(made['package.json'] ?? '').engines).toEqual({ node: '22.x' });
  });

  test('is not guessed', async () => {
    const { files: made, left } = await drafted(files);
    expect(made['package.json']).toBe(files['package.json']);
    expect(left.some(({ why }) => why.startsWith('nothing says which Node.js'))).toBe(true);
    const differs = await drafted({ ...files, '.nvmrc': '20', Dockerfile: 'FROM node:22\n' });
    expect(differs.left.some(({ why }) => why.includes('.nvmrc:1: 20, Dockerfile:1: 22'))).toBe(true);
  });
});

describe('a bot raises versions', () => {
  test('on GitHub', async () => {
    const { files } = await drafted({ ...plain, Dockerfile: 'FROM node:22\n' }, { guardrails: ['ci'] });
    const ecosystems = [...(files['.github/dependabot.yml'] ?? '').matchAll(/ecosystem: (\S+)/g)].map(
      ([, name]) => name,
    );
    expect(ecosystems).toEqual(['npm', 'github-actions', 'docker']);
  });

  test('on GitLab', async () => {
    expect((await drafted(plain, { ci: 'gitlab' })).files).toHaveProperty('renovate.json');
  });

  test('one that is there stays', async () => {
    const renovate = '{ "extends": ["config:best-practices"], "minimumReleaseAge": "7 days" }';
    const { files } = await drafted({ ...plain, 'renovate.json': renovate });
    expect(files['renovate.json']).toBe(renovate);
    expect(files).not.toHaveProperty('.github/dependabot.yml');
  });
});

test('what nothing uses is told, and stays', async () => {
  const unused = manifest({ engines: { node: '>=22' }, dependencies: { express: '^5.0.0', 'left-pad': '^1.0.0' } });
  const { files, left } = await drafted({ ...plain, 'package.json': unused });
  expect(files['package.json']).toBe(unused);
  expect(left).toContainEqual(expect.objectContaining({ lines: ['npm uninstall left-pad'] }));
});
