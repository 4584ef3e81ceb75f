import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inDialect, type Dialect } from '../../src/dialect/dialect.ts';
import { guardFilesIn, type Kit } from '../../src/dialect/kit.ts';
import { inputs } from '../support/answers.ts';
import { usersNode } from '../support/users-node.ts';
import { addUser, ask, cleanUp, start, type Heard, type Prototype, type Started } from './prototype.ts';
import { email, newNode, password, signInByJson } from './sign-in.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-nest-')));
afterAll(() => {
  cleanUp();
  rmSync(root, { recursive: true, force: true });
});

const platforms = {
  express: `export const platform = () => [];\n`,
  fastify: `import { FastifyAdapter } from '@nestjs/platform-fastify';\nexport const platform = () => [new FastifyAdapter()];\n`,
};
const access: Kit['access'] = {
  'GET /api/v1/notes': "'user'",
  'POST /api/v1/notes': "'user'",
  'GET /api/v1/notes/:id': "'user'",
  'GET /health': "open('asked for by the load balancer')",
  'GET /api/broken': "'user'",
  'ALL /api': "'user'",
};
const reads = ['GET /api/v1/notes', 'GET /api/v1/notes/7', 'GET /api/v1/notes/9', 'GET /health', 'GET /api/broken'];
const parts = new Set(['operability', 'logs', 'security', 'auth'] as const);

type Platform = keyof typeof platforms;

function write(name: string, platform: Platform, dialect: Dialect, table?: Kit['access']): Prototype {
  const folder = join(root, `${name}-${platform}-${dialect}`);
  const kit: Kit = { framework: platform, nest: true, identity: 'password', parts, access: table ?? {} };
  const guards = table
    ? guardFilesIn(dialect, kit, inputs.templates)
    : new Map([[`index.${dialect}`, inDialect('export function guard() {}\n', dialect)]]);
  const files = new Map([
    [`server.${dialect}`, inDialect(readFileSync('test/dialect/prototypes/nest/server.js', 'utf8'), dialect)],
    [`platform.${dialect}`, inDialect(platforms[platform], dialect)],
    ...[...guards].map(([path, text]) => [`guardrails/${path}`, text] as const),
  ]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return { folder, dialect };
}

const cases = (['express', 'fastify'] as const).flatMap((platform) =>
  (['cjs', 'mjs'] as const).flatMap((dialect) =>
    [...new Set([usersNode, newNode])].map((node) => ({ platform, dialect, node, name: node === newNode ? 'b' : 'a' })),
  ),
);

describe.each(cases)('NestJS on $platform, $dialect, Node $name', ({ platform, dialect, node, name }) => {
  const guarded = write(`guarded${name}`, platform, dialect, access);
  let before: Started;
  let app: Started;
  let session: Record<string, string>;

  beforeAll(async () => {
    before = await start(write(`naked${name}`, platform, dialect), node);
    addUser(guarded, node, email, password);
    app = await start(guarded, node);
    const { token } = await signInByJson(app, email, password);
    session = { authorization: `Bearer ${token}` };
  });

  test('strangers get nothing but what the table opens', async () => {
    for (const line of [...reads, 'GET /none', 'POST /api/v1/notes', 'GET /api'])
      expect([line, (await ask(app, line)).status]).toEqual([line, line === 'GET /health' ? 200 : 401]);
    expect((await ask(app, 'GET /readyz')).status).toBe(200);
    expect((await ask(app, 'GET /api/v1/notes', { accept: 'text/html' })).headers.location).toMatch(/^\/sign-in/);
  });

  test('who is signed in gets what everybody got before', async () => {
    for (const line of [...reads, 'GET /none', 'POST /api/v1/notes'])
      expect([line, comparable(await ask(app, line, session))]).toEqual([line, comparable(await ask(before, line))]);
  });

  test('stops when it is told to', async () => {
    await before.stop();
    expect(await app.stop()).toBe(0);
  });
});

describe.each(['express', 'fastify'] as const)('NestJS on %s: a route that is not listed', (platform) => {
  const { 'GET /health': _health, ...table } = access;

  test('keeps the app from starting, and says what to add', async () => {
    await expect(start(write('unlisted', platform, 'cjs', table), usersNode)).rejects.toThrow("'GET /health': 'user',");
  });

  test('is a line in the log in report mode, and nobody is refused', async () => {
    const app = await start(write('report', platform, 'cjs', table), usersNode, { AUTH_MODE: 'report' });
    await expect.poll(app.output).toContain("'GET /health': 'user',");
    expect((await ask(app, 'GET /api/v1/notes')).status).toBe(200);
    await app.stop();
  });
});

function comparable({ status, body, headers }: Heard): unknown[] {
  return [status, headers['content-type'], headers['x-seen'], body];
}
