import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { usersNode } from '../support/users-node.ts';
import { addUser, ask, cleanUp, start, writePrototype, type Prototype } from './prototype.ts';
import { email, newNode, password, signInByJson } from './sign-in.ts';

afterAll(cleanUp);

const access = { 'GET /': "'user'", 'GET /health': "open('asked for by the load balancer')" };

const typed = (dialect: Dialect): string => `import express from 'express';
import { currentUser, guard } from '../guardrails/index.${dialect}';

const app: express.Express = guard(express());
app.get('/', (_req, res) => void res.send(currentUser().email));
app.get('/health', (_req, res) => void res.send('ok'));
const server = app.listen(Number(process.env.PORT), () => console.log(\`ready on \${(server.address() as { port: number }).port}\`));
`;

const bundles: readonly { name: string; dialect: Dialect; options: BuildOptions }[] = [
  { name: 'a module that leaves packages outside', dialect: 'mjs', options: { format: 'esm', packages: 'external' } },
  { name: 'CommonJS that leaves packages outside', dialect: 'cjs', options: { format: 'cjs', packages: 'external' } },
  { name: 'CommonJS with everything in it', dialect: 'cjs', options: { format: 'cjs' } },
  {
    name: 'CommonJS made of modules',
    dialect: 'mjs',
    options: { format: 'cjs', packages: 'external', logLevel: 'error' },
  },
];

describe.each(bundles)('bundled: $name', ({ name, dialect, options }) => {
  test.each(['password', 'better-auth'] as const)('%s', async (identity) => {
    const folder = `bundled-${identity}-${name.replaceAll(' ', '-')}`;
    const prototype = writePrototype(
      folder,
      'express-5',
      dialect,
      access,
      { identity },
      { 'src/server.ts': typed(dialect) },
    );
    const outfile = `dist/server.${options.format === 'esm' ? 'mjs' : 'cjs'}`;
    const made = await build({
      absWorkingDir: prototype.folder,
      entryPoints: ['src/server.ts'],
      bundle: true,
      platform: 'node',
      outfile,
      ...options,
    });
    expect(made.errors).toEqual([]);
    addUser(prototype, newNode, email, password);
    const app = await start(prototype, newNode, {}, [outfile]);
    expect((await ask(app, 'GET /')).status).toBe(401);
    expect((await ask(app, 'GET /health')).body).toBe('ok');
    const { token } = await signInByJson(app, email, password);
    expect((await ask(app, 'GET /', { authorization: `Bearer ${token}` })).body).toBe(email);
    await app.stop();
  });
});

const server = `const express = require('express');
const { guard } = require('./guardrails/index.cjs');
const app = express();
guard(app);
app.get('/', (req, res) => res.send('hello'));
app.get('/health', (req, res) => res.send('ok'));
module.exports = app;
`;

const ownTest = `const assert = require('node:assert');
const { test } = require('node:test');
const app = require('./server.cjs');

test('says hello', async () => {
  const server = app.listen(0);
  const answer = await fetch('http://127.0.0.1:' + server.address().port + '/');
  server.close();
  assert.equal(answer.status, Number(process.env.WANTED));
});

test('is loaded anew', () => {
  for (const path of Object.keys(require.cache)) delete require.cache[path];
  assert.notEqual(require('./server.cjs'), app);
});
`;

describe.each(['password', 'better-auth'] as const)('an app that its own tests require, %s', (identity) => {
  const files = { 'server.cjs': server, 'own.test.cjs': ownTest };
  const prototype = writePrototype(`required-${identity}`, 'express-5', 'cjs', access, { identity }, files);

  test.each([
    { mode: 'report', wanted: '200' },
    { mode: 'enforce', wanted: '401' },
  ])('with AUTH_MODE=$mode it answers $wanted, and the tests end by themselves', ({ mode, wanted }) => {
    expect(ranAlone(prototype, { AUTH_MODE: mode, WANTED: wanted, NODE_ENV: 'test' })).toBe(0);
  });
});

function ranAlone({ folder }: Prototype, env: Record<string, string>): number | null {
  const { status, stdout } = spawnSync(newNode, ['own.test.cjs'], {
    cwd: folder,
    encoding: 'utf8',
    env,
    timeout: 20_000,
  });
  if (status !== 0) process.stdout.write(stdout);
  return status;
}

test('an app without a server reads .env by one import, wherever it is started', () => {
  const files = {
    'job.mjs': "import './guardrails/environment.mjs';\nconsole.log(process.env.FROM_FILE, process.env.GIVEN);\n",
    '.env': 'FROM_FILE=file\nGIVEN=file\n',
  };
  const { folder } = writePrototype('job', 'express-5', 'mjs', access, { parts: new Set() }, files);
  for (const cwd of [folder, join(folder, 'docs'), '/'])
    expect(
      spawnSync(usersNode, [join(folder, 'job.mjs')], { cwd, encoding: 'utf8', env: { GIVEN: 'given' } }).stdout,
    ).toBe('file given\n');
});
