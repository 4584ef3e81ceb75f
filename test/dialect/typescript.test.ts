import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { usersNode } from '../support/users-node.ts';
import { ask, cleanUp, start, writePrototype, type Prototype } from './prototype.ts';

afterAll(cleanUp);

const access = { 'GET /': "'user'", 'GET /health': "open('asked for by the load balancer')" };

/** How projects in TypeScript import, and the guard files that fit. */
const importers: readonly { name: string; dialect: Dialect; type: string; options: object }[] = [
  { name: 'nodenext', dialect: 'mjs', type: 'module', options: { module: 'nodenext' } },
  { name: 'bundler', dialect: 'mjs', type: 'module', options: { module: 'esnext', moduleResolution: 'bundler' } },
  { name: 'nodenext in CommonJS', dialect: 'cjs', type: 'commonjs', options: { module: 'nodenext' } },
  {
    name: 'bundler in CommonJS',
    dialect: 'cjs',
    type: 'commonjs',
    options: { module: 'commonjs', moduleResolution: 'bundler' },
  },
];

describe.each(importers)('$name', ({ name, dialect, type, options }) => {
  const prototype = writePrototype(`typed-${name.replaceAll(' ', '-')}`, 'express-5', dialect, access);
  write(prototype, {
    'package.json': JSON.stringify({ type }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        strict: true,
        types: ['node'],
        skipLibCheck: true,
        outDir: 'dist',
        rootDir: 'src',
        ...options,
      },
      include: ['src'],
    }),
    'src/server.ts': `import express from 'express';
import { currentUser, guard } from '../guardrails/index.${dialect}';

const app: express.Express = guard(express());
app.get('/', (_req, res) => {
  const { id }: { id: string } = currentUser();
  res.send(id);
});
app.get('/health', (_req, res) => {
  res.send('ok');
});
const server = app.listen(Number(process.env.PORT), () => console.log(\`ready on \${(server.address() as { port: number }).port}\`));
`,
  });

  test('tsc accepts the import, and what it writes runs', { timeout: 60_000 }, async () => {
    const { stdout } = spawnSync(usersNode, [resolve('node_modules/typescript/bin/tsc')], {
      cwd: prototype.folder,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    await refusesStrangers(prototype, ['dist/server.js']);
  });

  test('tsx runs it', { timeout: 60_000 }, () =>
    refusesStrangers(prototype, ['--import', resolve('node_modules/tsx/dist/loader.mjs'), 'src/server.ts']),
  );
});

async function refusesStrangers(prototype: Prototype, words: readonly string[]): Promise<void> {
  const app = await start(prototype, usersNode, {}, words);
  expect((await ask(app, 'GET /')).status).toBe(401);
  expect((await ask(app, 'GET /health')).body).toBe('ok');
  await app.stop();
}

function write({ folder }: Prototype, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
