import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { guardFilesIn, type Kit } from '../../src/dialect/kit.ts';
import type { Identity } from '../../src/dialect/identities.ts';
import { allParts } from '../../src/dialect/parts.ts';
import tests from '../../src/guardrails/tests/retrofit.ts';
import { inputs } from '../support/answers.ts';
import { usersNode } from '../support/users-node.ts';
import { drafting, type Files } from './tests-scene.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-guard-tests-')));

/** Removes what was written. */
export function cleanUp(): void {
  rmSync(root, { recursive: true, force: true });
}

const access: Kit['access'] = {
  'GET /': "open('the first page')",
  'GET /orders': "'user'",
  'GET /orders/:id': "'user'",
  'POST /orders': "'user'",
  'GET /admin': "anyOf('admin')",
};

const server = `const express = require('express');
const { writeFileSync } = require('node:fs');
const { guard } = require('./guardrails/index.cjs');

const app = express();
guard(app);
app.use(express.json());
app.get('/', (req, res) => res.type('html').send('<h1>Orders</h1>'));
app.get('/orders', (req, res) => res.json([{ id: 1, price: 2.5, note: null }]));
app.get('/orders/:id', (req, res) => res.json({ id: Number(req.params.id) }));
app.get('/admin', (req, res) => res.send('for the boss'));
app.post('/orders', (req, res) => {
  writeFileSync('written', 'a stranger has written');
  res.status(201).json({});
});
app.listen(process.env.PORT || 3000);
`;

/** The files of a small app with its guards, before it has tests. */
export function prototype(identity: Identity): Files {
  const kit: Kit = { framework: 'express', parts: allParts, identity, access };
  const guards = guardFilesIn('cjs', kit, inputs.templates);
  return {
    'server.js': server,
    'package.json':
      '{\n  "name": "orders",\n  "scripts": {\n    "start": "nodemon server.js"\n  },\n  "dependencies": { "express": "^5.0.0" }\n}\n',
    ...Object.fromEntries([...guards].map(([path, text]) => [`guardrails/${path}`, text])),
  };
}

/** The same with its guard tests. */
export async function tested(identity: Identity): Promise<Files> {
  const { files } = await drafting(prototype(identity), tests, { auth: identity === 'oidc' ? 'oidc' : 'password' });
  return files;
}

let count = 0;

/** Writes files into a folder of their own and runs its guard tests there. */
export function runTests(files: Files, environment: Record<string, string> = {}, node = usersNode) {
  const folder = join(root, String(count++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(resolve('test/workbench/node_modules'), join(folder, 'node_modules'));
  const { PATH = '', HOME = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(node, ['--test', 'guardrails/tests/guards.test.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
    env: { PATH: `${dirname(node)}:${PATH}`, HOME, ...environment },
  });
  return { status, output: stdout + stderr, folder };
}
