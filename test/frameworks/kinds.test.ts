import { describe, expect, test } from 'vitest';
import { aboutOf } from '../../src/frameworks/about.ts';
import { appsOf } from '../../src/repository/apps.ts';
import { isClientFile, isSentToBrowser } from '../../src/repository/client-files.ts';
import { entriesOf } from '../../src/repository/entries.ts';
import { kindOf } from '../../src/repository/kinds.ts';
import { repositoryOf } from '../support/repository.ts';

const json = (value: object): string => JSON.stringify(value);

function kindsIn(files: Readonly<Record<string, string>>): Record<string, string> {
  const repository = repositoryOf(files);
  return Object.fromEntries(appsOf(repository).map((app) => [app.root || '.', kindOf(repository, app).kind]));
}

describe('what an app is', () => {
  test.each([
    ['http', { 'app.js': "const app = require('fastify')();\napp.listen({ port: 1 });" }],
    ['http', { 'index.mjs': "import { createServer } from 'node:http';\ncreateServer(() => {}).listen(1);" }],
    [
      'spa',
      {
        'package.json': json({ dependencies: { express: '4', react: '19' } }),
        'src/index.jsx': "import { createRoot } from 'react-dom/client';\ncreateRoot(root).render(null);",
      },
    ],
    ['bot', { 'bot.js': "const { Client } = require('discord.js');\nnew Client({}).login(process.env.TOKEN);" }],
    ['worker', { 'job.js': "import cron from 'node-cron';\ncron.schedule('* * * * *', run);" }],
    ['worker', { 'package.json': json({ scripts: { start: 'node job.js' } }), 'job.js': 'setInterval(run, 1000);' }],
    ['cli', { 'cli.js': "import { Command } from 'commander';\nnew Command().parse();" }],
    [
      'library',
      { 'package.json': json({ name: 'sums', main: 'index.js' }), 'index.js': 'export const sum = (a, b) => a + b;' },
    ],
    ['content', { 'index.html': '<h1>Hello</h1>' }],
    ['empty', { 'README.md': '# Soon' }],
    ['cli', { 'a.js': "import type { Express } from 'express';\nconsole.log(1);" }],
  ])('%s', (kind, files) => {
    expect(kindsIn(files)).toEqual({ '.': kind });
  });

  test('a workspace root holds the others', () => {
    const files = {
      'package.json': json({ workspaces: ['client', 'server'], scripts: { start: 'cd server && node server.cjs' } }),
      'client/package.json': json({ scripts: { dev: 'vite' } }),
      'client/src/main.js': "import { createApp } from 'vue';\ncreateApp(App).mount('#app');",
      'server/package.json': json({ scripts: { start: 'node server.cjs' } }),
      'server/server.cjs': "const express = require('express');\nexpress().listen(1);",
    };
    expect(kindsIn(files)).toEqual({ '.': 'workspace-root', client: 'spa', server: 'http' });
  });
});

test('the source of a built entry, scripts that call scripts, Procfile and Dockerfile', () => {
  const files = {
    'package.json': json({
      scripts: { start: 'npm run serve:built', 'serve:built': 'node dist/main.js', dev: 'tsx watch src/dev.ts' },
    }),
    Procfile: 'worker: node jobs.js\n',
    Dockerfile: 'FROM node\nCMD ["node", "dist/main.js"]\n',
    'src/main.ts': '',
    'src/dev.ts': '',
    'jobs.js': '',
  };
  const repository = repositoryOf(files);
  const [app] = appsOf(repository);
  expect(app && entriesOf(repository, app).map(({ path, role }) => `${path} ${role}`)).toEqual([
    'src/main.ts start',
    'jobs.js start',
    'src/dev.ts dev',
  ]);
});

describe('where code runs', () => {
  const repository = repositoryOf({
    'package.json': json({ scripts: { start: 'node server.js', dev: 'vite' } }),
    'server.js': "import express from 'express';\nimport { price } from './shared.js';\nexpress().listen(price);",
    'shared.js': 'export const price = 1;',
    'index.html': '<script type="module" src="/src/main.jsx"></script>',
    'src/main.jsx':
      "import { createRoot } from 'react-dom/client';\nimport App from './App';\ncreateRoot(root).render(App);",
    'src/App.jsx': "import { price } from '../shared.js';\nexport default price;",
    'public/legacy.js': "document.title = 'x';",
    'scripts/seed.js': "import fs from 'fs';\nfs.rmSync('x');",
  });

  test.each([
    ['src/App.jsx', true, true],
    ['shared.js', false, true],
    ['server.js', false, false],
    ['public/legacy.js', true, true],
    ['scripts/seed.js', false, false],
  ])('%s', (path, client, sent) => {
    expect([isClientFile(repository, path), isSentToBrowser(repository, path)]).toEqual([client, sent]);
  });
});

test('what a repository is, in a few lines', () => {
  const repository = repositoryOf({
    'package.json': json({ scripts: { start: 'next start' }, dependencies: { next: '^15.1.0' } }),
    'package-lock.json': '{}',
    'app/page.tsx': 'export default () => null;',
    'app/api/a/route.ts': 'export function GET() {}',
  });
  expect(aboutOf(repository).map(({ text }) => text)).toEqual([
    'Next.js 15, 1 route',
    'starts with next start',
    'installed with npm',
    'TypeScript, 2 files',
  ]);
});
