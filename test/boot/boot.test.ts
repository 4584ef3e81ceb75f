import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { bootOnce, type BootResult } from '../../src/boot/boot.ts';
import { startWatch } from '../../src/boot/watch.ts';
import { seenWhileRunning } from '../../src/boot/findings.ts';
import { appsOf } from '../../src/repository/apps.ts';
import type { Server } from '../../src/frameworks/server.ts';
import { openCheckout } from '../../src/world/checkout.ts';

const installed: Readonly<Record<string, string>> = {
  express: 'test/workbench/node_modules/express',
  'express-4': 'node_modules/express-4',
  fastify: 'test/workbench/node_modules/fastify',
  hono: 'test/workbench/node_modules/hono',
  '@hono/node-server': 'test/workbench/node_modules/@hono/node-server',
  koa: 'node_modules/koa',
  '@koa/router': 'node_modules/@koa/router',
};
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const express = `
  const express = require('express');
  const app = express();
  app.use(express.json());
  const known = (request, response, next) => request.headers.authorization ? next() : response.status(401).end();
  const orders = express.Router();
  orders.get('/:id', (request, response) => response.json({ id: request.params.id }));
  orders.delete('/:id', known, (request, response) => response.json({}));
  orders.post('/', (request, response) => { console.log('WROTE'); response.json({}); });
  app.use('/orders', orders);
  const inner = express();
  inner.get('/me', (request, response) => response.redirect('/login'));
  app.use('/api', inner);
  app.listen(process.env.PORT || 3000);
  setTimeout(() => app.route('/late').put((request, response) => response.end()), 50);
`;

const expressRoutes = [
  'DELETE /orders/:id refused',
  'GET /api/me refused',
  'GET /orders/:id answered',
  'POST /orders reached',
  'PUT /late reached',
];

test('Express 5: every route, with its mount path, late ones too; what writes is not called', async () => {
  const result = await boot({ 'server.js': express }, { express: 'express' });
  expect(routesIn(result)).toEqual(expressRoutes);
  expect(result.output.out).not.toContain('WROTE');
});

test('Express 4', async () => {
  const result = await boot({ 'server.js': express }, { express: 'express-4' });
  expect(routesIn(result)).toEqual(expressRoutes);
  expect(result.output.out).not.toContain('WROTE');
});

test('Fastify: prefixes, and a hook that holds for its own plugin only', async () => {
  const server = `
    const app = require('fastify')();
    app.register(async (inner) => {
      inner.addHook('preHandler', async (request, reply) => { if (!request.headers.authorization) return reply.code(401).send(); });
      inner.get('/me', async () => ({}));
      inner.post('/me', async () => ({}));
    }, { prefix: '/api' });
    app.delete('/things/:id', async () => { console.log('WROTE'); return {}; });
    app.listen({ port: 3000, host: '0.0.0.0' });`;
  const result = await boot({ 'server.js': server }, { fastify: 'fastify' });
  expect(routesIn(result)).toEqual(['DELETE /things/:id reached', 'GET /api/me refused', 'POST /api/me refused']);
  expect(result.output.out).not.toContain('WROTE');
});

test('Hono: the routes of the app that is served, those of its parts once', async () => {
  const server = `
    import { Hono } from 'hono';
    import { serve } from '@hono/node-server';
    const app = new Hono();
    const items = new Hono();
    items.get('/:id', (context) => context.json({}));
    items.post('/', async (context, next) => next(), async (context, next) => { console.log('WROTE'); return context.json({}); });
    app.use('/admin/*', async (context, next) => context.req.header('authorization') ? next() : context.text('no', 401));
    app.delete('/admin/all', (context) => context.text('gone'));
    app.route('/items', items);
    serve({ fetch: app.fetch, port: 3000 });`;
  const result = await boot({ 'server.mjs': server }, { hono: 'hono', '@hono/node-server': '@hono/node-server' });
  expect(routesIn(result)).toEqual(['DELETE /admin/all refused', 'GET /items/:id answered', 'POST /items reached']);
  expect(result.output.out).not.toContain('WROTE');
});

test('Koa: nested routers, and middleware of one route', async () => {
  const server = `
    const Koa = require('koa');
    const Router = require('@koa/router');
    const app = new Koa();
    const inner = new Router();
    inner.post('/notes', (context) => { console.log('WROTE'); context.body = 'x'; });
    const router = new Router({ prefix: '/api' });
    router.use('/inner', inner.routes());
    router.get('/todos/:id', (context) => { context.body = context.params; });
    router.delete('/todos/:id', (context, next) => { if (!context.get('authorization')) context.throw(401); return next(); }, (context) => { context.body = 'd'; });
    app.use(router.routes());
    app.listen(3000);`;
  const result = await boot({ 'server.js': server }, { koa: 'koa', '@koa/router': '@koa/router' });
  expect(routesIn(result)).toEqual([
    'DELETE /api/todos/:id refused',
    'GET /api/todos/:id answered',
    'POST /api/inner/notes reached',
  ]);
  expect(result.output.out).not.toContain('WROTE');
});

test('nothing outside is reached, not even on this computer; its own server is', async () => {
  const asked: string[] = [];
  const neighbour = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((listening) => neighbour.listen(0, '127.0.0.1', listening));
  const { port } = neighbour.address() as { port: number };
  const server = `
    const http = require('node:http');
    const tried = async (url) => fetch(url).then(() => 'reached', (error) => error.cause.code);
    http.createServer(async (request, response) => {
      if (request.url === '/self') return response.end('myself');
      const answers = [await tried('http://example.com/'), await tried('http://127.0.0.1:${port}/'), await tried('http://localhost:3000/self')];
      require('node:dns').resolve4('example.com', (error) => response.end(JSON.stringify([...answers, error?.code])));
    }).listen(3000);`;
  const result = await boot({ 'server.js': server }, {});
  neighbour.close();
  expect(result.exchanges.top[0]?.body).toBe('["ECONNREFUSED","ECONNREFUSED","reached","ECONNREFUSED"]');
  expect(asked).toEqual([]);
  expect(result.refused.map(({ host }) => host)).toContain('example.com');
});

test('values of .env stay behind, settings get dummies, the project and the temporary folder stay as they were', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('shipshape-boot-'));
  const server = `
    const fs = require('node:fs');
    fs.writeFileSync('written.txt', 'x');
    require('node:http').createServer((request, response) => response.end(JSON.stringify([fs.existsSync('.env'), process.env.API_TOKEN, process.env.HOME]))).listen(process.env.PORT);`;
  const files = { 'server.js': server, '.env': 'API_TOKEN=the-real-one\n' };
  const result = await boot(files, {}, { API_TOKEN: 'the-real-one-of-the-shell' });
  const [copied, token, home] = JSON.parse(result.exchanges.top[0]?.body ?? '[]') as [boolean, string, string];
  expect(copied).toBe(false);
  expect(token).toMatch(/^dummy-/);
  expect(home).toContain('shipshape-boot-');
  expect(readdirSync(folders[0] ?? '').toSorted()).toEqual(['.env', 'node_modules', 'package.json', 'server.js']);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('shipshape-boot-'))).toEqual(before);
});

test('what is seen: headers, a leaking error, foreign origins, a missing health route, no shutdown', async () => {
  const result = await boot(
    {
      'server.js': express.replace(
        'app.use(express.json());',
        "app.use((q, s, n) => { s.set('access-control-allow-origin', q.headers.origin || '*'); s.set('access-control-allow-credentials', 'true'); s.cookie('sid', '1'); n(); }); app.use(express.json());",
      ),
    },
    { express: 'express' },
  );
  const findings = [...seenWhileRunning(result)].flatMap(([rule, seen]) =>
    seen([]).map((finding) => ({ rule, ...finding })),
  );
  const failed = findings.filter(({ verdict }) => verdict === 'fail');
  expect(failed.map((finding) => ('key' in finding ? finding.key : finding.rule)).toSorted()).toEqual(
    ['cookie sid', 'foreign origin', 'headers', 'health', 'leak', 'shutdown', 'telemetry/otel-wired'].toSorted(),
  );
});

test('Express: `all` is as often a guard as a handler: nothing of it is called, and what it guards counts', async () => {
  const server = `
    const app = require('express')();
    app.all('/admin/*rest', (request, response, next) => request.headers.authorization ? next() : response.status(401).end());
    app.get('/admin/list', (request, response) => response.json([]));
    app.post('/admin/users', (request, response) => response.json({}));
    app.all('/hook', (request, response) => { console.log('CALLED', request.method); response.end(); });
    app.listen(3000);`;
  const result = await boot({ 'server.js': server }, { express: 'express' });
  expect(routesIn(result)).toEqual([
    'ALL /admin/*rest unclear',
    'ALL /hook unclear',
    'GET /admin/list refused',
    'POST /admin/users refused',
  ]);
  expect(result.output.out).not.toContain('CALLED');
});

test('a server knows its port as soon as it was told to listen', async () => {
  const server = `
    const http = require('node:http');
    const other = http.createServer().listen(0);
    const { address, port } = other.address();
    http.createServer((request, response) => response.end(address + ' ' + (port > 0))).listen(3000);`;
  const result = await boot({ 'server.js': server }, {});
  expect(result.exchanges.top[0]?.body).toBe('127.0.0.1 true');
});

test('a program that it starts with an environment of its own is held back too; a link by its whole path is not followed', async () => {
  const server = `
    const { fork } = require('node:child_process');
    const fs = require('node:fs');
    if (process.argv[2] === 'child') fetch('http://example.com/').then(() => process.send('reached'), (error) => process.send(error.cause.code));
    else require('node:http').createServer((request, response) => {
      fork(__filename, ['child'], { env: { NODE_ENV: 'x' } }).on('message', (told) => response.end(JSON.stringify([told, fs.existsSync('linked')])));
    }).listen(3000);`;
  const result = await boot({ 'server.js': server }, {}, {}, (folder) =>
    symlinkSync(join(folder, 'server.js'), join(folder, 'linked')),
  );
  expect(result.exchanges.top[0]?.body).toBe('["ECONNREFUSED",false]');
});

test('a signal ends it, and leaves neither a process nor a folder', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('shipshape-boot-'));
  const folder = projectOf({ 'server.js': 'setInterval(() => {}, 1000); // never listens' }, {});
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 500);
  await expect(start(folder, 'server.js', {}, controller.signal)).rejects.toThrow('Interrupted');
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('shipshape-boot-'))).toEqual(before);
});

test('an app that never listens says what it printed', async () => {
  const folder = projectOf({ 'server.js': "console.error('no database'); process.exit(1);" }, {});
  const result = await start(folder, 'server.js', {});
  expect('why' in result && result.tried.at(-1)?.tail).toContain('no database');
});

async function boot(
  files: Record<string, string>,
  packages: Record<string, string>,
  environment = {},
  prepare: (folder: string) => void = () => {},
): Promise<BootResult> {
  const folder = projectOf(files, packages);
  prepare(folder);
  const result = await start(folder, Object.keys(files)[0] ?? '', environment);
  if ('why' in result) throw new Error(`${result.why}: ${JSON.stringify(result.tried)}`);
  return result;
}

function start(
  folder: string,
  file: string,
  environment: Record<string, string>,
  signal = new AbortController().signal,
) {
  const repository = openCheckout(folder);
  const [app] = appsOf(repository);
  if (!app) throw new Error('no app');
  const server: Server = {
    framework: '',
    app,
    where: { path: file },
    listens: { path: file },
    routes: [],
    statics: [],
    middleware: [],
    channels: [],
    unclear: [],
  };
  const preload = resolve('dist/boot-preload.mjs');
  return bootOnce({
    installScripts: false,
    watch: startWatch(60, signal),
    folder,
    repository,
    server,
    preload,
    environment: { ...process.env, ...environment },
    say: () => {},
  });
}

function projectOf(files: Record<string, string>, packages: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'to-boot-')));
  folders.push(folder);
  const [first] = Object.keys(files);
  const all = { 'package.json': JSON.stringify({ scripts: { start: `node ${first}` } }), ...files };
  for (const [path, text] of Object.entries(all)) writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, 'node_modules'));
  for (const [name, source] of Object.entries(packages)) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(resolve(installed[source] ?? ''), join(folder, 'node_modules', name));
  }
  return folder;
}

function routesIn({ routes }: BootResult): string[] {
  return routes.map(({ method, path, met }) => `${method} ${path} ${met}`).toSorted();
}
