import { describe, expect, test } from 'vitest';
import { askedIn, routesIn, serversIn } from './recognised.ts';

describe('the routes of a Fastify app', () => {
  const shapes: [string, string[], Record<string, string>][] = [
    [
      'methods, options, route objects',
      ['GET /', 'POST /a', 'PUT /b', 'PATCH /b', 'DELETE /c/:id'],
      {
        'a.js': `import Fastify from 'fastify'; const app = Fastify({ logger: true }); app.get('/', async () => ({})); app.post('/a', { schema: {} }, h);
        app.route({ method: ['PUT', 'PATCH'], url: '/b', handler: h }); app.delete('/c/:id', { handler: h }); await app.listen({ port: 1 })`,
      },
    ],
    [
      'plugins with prefixes, nested, across files, as functions, promises and modules',
      ['GET /api/users/me', 'GET /v1/things', 'GET /plain', 'GET /lazy'],
      {
        'server.ts': `import fastify from 'fastify'; import api from './api.js'; const server = fastify(); server.register(api, { prefix: '/api' });
          server.register((instance, _, done) => { instance.get('/things', h); done() }, { prefix: '/v1' }); server.register(require('./plain')); server.register(import('./lazy.js')); server.listen({ port: 1 })`,
        'api.ts': `import type { FastifyPluginAsync } from 'fastify'; import users from './users'; const api: FastifyPluginAsync = async (app) => { await app.register(users, { prefix: '/users' }) }; export default api`,
        'users.ts': `export default async function users(fastify, options) { fastify.get('/me', h) }`,
        'plain.js': `module.exports = async function (fastify) { fastify.get('/plain', h) }`,
        'lazy.js': `export default async (app) => { app.get('/lazy', h) }`,
      },
    ],
    [
      'fastify-plugin and folders that are loaded by themselves',
      ['GET /from-plugin', 'GET /users/all', 'GET /root'],
      {
        'app.js': `import fastify from 'fastify'; import autoload from '@fastify/autoload'; import { join } from 'node:path'; import plugin from './plugin.js';
          const app = fastify(); app.register(plugin); app.register(autoload, { dir: join(import.meta.dirname, 'routes') }); app.listen()`,
        'plugin.js': `import fp from 'fastify-plugin'; export default fp(async (app) => { app.get('/from-plugin', h) })`,
        'routes/root.js': `export default async (app) => { app.get('/root', h) }`,
        'routes/users/index.js': `export default async (app) => { app.get('/all', h) }`,
      },
    ],
    [
      'routes as data',
      ['GET /x', 'POST /x'],
      {
        'a.js': `const fastify = require('fastify')(); const routes = require('./routes'); routes.forEach((route) => { fastify.route(route) })`,
        'routes.js': `module.exports = [{ method: 'GET', url: '/x', handler: h }, { method: 'POST', path: '/x', handler: h }]`,
      },
    ],
  ];
  test.each(shapes)('%s', (_, routes, files) => {
    expect(routesIn(files).toSorted()).toEqual(routes.toSorted());
  });

  test('hooks hold for their plugin and what is inside it', () => {
    expect(
      askedIn({
        'a.js': `import fastify from 'fastify'; import fp from 'fastify-plugin'; const app = fastify();
          const auth = fp(async (instance) => { instance.decorate('authenticate', async (request, reply) => { try { await request.jwtVerify() } catch (error) { reply.send(error) } }) });
          app.register(auth);
          app.register(async (inner) => { inner.addHook('onRequest', async (request, reply) => { if (!request.headers.authorization) return reply.code(401).send() }); inner.get('/inside', async () => secret()); inner.register(async (deep) => deep.get('/deep', async () => secret())) });
          app.get('/outside', async () => secret());
          app.get('/own', { onRequest: [app.authenticate] }, async () => secret());
          app.get('/late', { preHandler: (request, reply, done) => request.user ? done() : done(new Error('Unauthorized')) }, async () => secret());`,
      }).toSorted(),
    ).toEqual([
      'GET /deep refused',
      'GET /inside refused',
      'GET /late refused',
      'GET /outside open',
      'GET /own refused',
    ]);
  });
});

describe('the routes of a Hono app', () => {
  const shapes: [string, string[], Record<string, string>][] = [
    [
      'methods, base path, sub apps, chains, on',
      ['GET /v1/', 'GET /v1/books/:id', 'POST /v1/books', 'PUT /v1/x', 'DELETE /v1/x'],
      {
        'index.ts': `import { Hono } from 'hono'; import { serve } from '@hono/node-server'; import books from './books'; const app = new Hono<{ Bindings: Env }>().basePath('/v1'); app.get('/', (c) => c.text('hi')); app.route('/books', books); app.on(['PUT', 'DELETE'], '/x', h); serve({ fetch: app.fetch, port: 1 })`,
        'books.ts': `import { Hono } from 'hono'; const books = new Hono().get('/:id', h).post('/', h); export default books`,
      },
    ],
    [
      'routes that are described first',
      ['GET /users/:id', 'GET /doc'],
      {
        'app.ts': `import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi'; const route = createRoute({ method: 'get', path: '/{id}', responses: {} }); const users = new OpenAPIHono(); users.openapi(route, (c) => c.json({}));
          const app = new OpenAPIHono(); app.route('/users', users); app.doc('/doc', { openapi: '3.0.0' }); export default app`,
      },
    ],
  ];
  test.each(shapes)('%s', (_, routes, files) => {
    expect(
      routesIn(files)
        .map((route) => route.replace(/(?<=.)\/$/, ''))
        .toSorted(),
    ).toEqual(routes.map((route) => route.replace(/(?<=.)\/$/, '')).toSorted());
  });

  test('middleware holds for its path and for what comes after it', () => {
    expect(
      askedIn({
        'a.ts': `import { Hono } from 'hono'; import { jwt } from 'hono/jwt'; import { HTTPException } from 'hono/http-exception'; import { createMiddleware } from 'hono/factory';
          const user = createMiddleware(async (c, next) => { const token = c.req.header('Authorization'); if (!token) throw new HTTPException(401); c.set('user', await verify(token)); await next() });
          const app = new Hono(); app.get('/before', (c) => c.json(all())); app.use('/admin/*', jwt({ secret: 's' })); app.get('/admin/x', (c) => c.json(all())); app.get('/other', (c) => c.json(all()));
          app.get('/mine', user, (c) => c.json(all())); app.get('/self', (c) => { const user = c.get('user'); if (!user) return c.json({ error: 'no' }, 401); return c.json(all()) });
          app.use('*', user); app.get('/after', (c) => c.json(all())); export default app`,
      }).toSorted(),
    ).toEqual([
      'GET /admin/x refused',
      'GET /after refused',
      'GET /before open',
      'GET /mine refused',
      'GET /other open',
      'GET /self refused',
    ]);
  });
});

describe('the routes of a Koa app', () => {
  test('routers with prefixes, nested, with names', () => {
    expect(
      routesIn({
        'app.js': `const Koa = require('koa'); const mount = require('koa-mount'); const serve = require('koa-static'); const router = require('./router'); const app = new Koa(); app.use(serve('public')); app.use(router.routes()).use(router.allowedMethods()); app.use(mount('/m', require('./m').routes())); app.listen(1)`,
        'router.js': `const Router = require('@koa/router'); const api = new Router({ prefix: '/api' }); const inner = new Router(); inner.get('list', '/list', h); inner.del('/:id', h); api.use('/things', inner.routes()); api.post('/', h); module.exports = api`,
        'm.js': `const Router = require('koa-router'); const r = Router(); r.prefix('/deep'); r.get('/x', h); module.exports = r`,
      }).toSorted(),
    ).toEqual(['DELETE /api/things/:id', 'GET /api/things/list', 'GET /m/deep/x', 'POST /api']);
  });

  test('what stands before a route, in its router alone', () => {
    expect(
      askedIn({
        'a.js': `import Koa from 'koa'; import Router from '@koa/router'; import jwt from 'koa-jwt'; const app = new Koa(); const open = new Router(), closed = new Router(), late = new Router();
          closed.use(async (ctx, next) => { if (!ctx.state.user) ctx.throw(401); await next() }); closed.get('/closed', (ctx) => { ctx.body = all() }); open.get('/open', (ctx) => { ctx.body = all() });
          open.get('/own', async (ctx, next) => { if (!ctx.session.user) { ctx.body = { no: true }; ctx.status = 401; return } await next() }, (ctx) => { ctx.body = all() });
          late.get('/api/late', (ctx) => { ctx.body = all() }); late.get('/api/login', (ctx) => { ctx.body = all() });
          app.use(closed.routes()); app.use(open.routes()); app.use(jwt({ secret: 's' }).unless({ path: [/^\\/api\\/login/] })); app.use(late.routes()); app.listen(1)`,
      }).toSorted(),
    ).toEqual([
      'GET /api/late refused',
      'GET /api/login open',
      'GET /closed refused',
      'GET /open open',
      'GET /own refused',
    ]);
  });
});

describe('the routes of a server of Node', () => {
  test.each<[string, string[], string]>([
    [
      'conditions on address and method',
      ['GET /', 'POST /things', 'ALL /any'],
      `http.createServer(async (req, res) => { if (req.url === '/' && req.method === 'GET') { res.end('hi') } else if (req.url === '/things' && req.method === 'POST') { req.on('data', () => {}); req.on('end', () => { res.writeHead(201); res.end() }) } else if (req.url === '/any') res.end('any'); else { res.statusCode = 404; res.end() } }).listen(1)`,
    ],
    [
      'a switch, a parsed address',
      ['GET /a', 'GET /b', 'POST /b'],
      `const server = http.createServer((req, res) => { const { pathname } = new URL(req.url, 'http://x'); switch (pathname) { case '/a': if (req.method !== 'GET') { res.writeHead(405); return res.end() } return res.end('a'); case '/b': if (req.method === 'GET') return res.end('b'); if (req.method === 'POST') return res.end('c'); break } res.writeHead(404); res.end() }); server.listen(1)`,
    ],
    [
      'a table of paths and methods',
      ['GET /users', 'DELETE /users/:id'],
      `const routes = [{ endpoint: '/users', method: 'GET', handler: list }, { endpoint: '/users/:id', method: 'DELETE', handler: remove }]; function list(q, s) { s.end('[]') } function remove(q, s) { s.end('gone') }
        http.createServer((req, res) => { const parts = req.url.split('/').filter(Boolean); const path = parts.length > 1 ? '/' + parts[0] + '/:id' : req.url; const found = routes.find((r) => r.endpoint === path && r.method === req.method); if (found) found.handler(req, res); else { res.writeHead(404); res.end() } }).listen(1)`,
    ],
    [
      'a table by key',
      ['GET /a', 'POST /b'],
      `const table = { 'GET /a': (q, s) => s.end('a'), 'POST /b': (q, s) => s.end('b') }; http.createServer((req, res) => { const run = table[\`\${req.method} \${req.url}\`]; if (!run) { res.statusCode = 404; return res.end() } run(req, res) }).listen(1)`,
    ],
    [
      'a regular expression',
      ['GET /users/:id'],
      `http.createServer((req, res) => { const match = req.url.match(/^\\/users\\/(\\w+)$/); if (req.method === 'GET' && match) return res.end(match[1]); res.writeHead(404).end() }).listen(1)`,
    ],
  ])('%s', (_, routes, text) => {
    expect(routesIn({ 'a.js': `const http = require('node:http'); ${text}` }).toSorted()).toEqual(routes.toSorted());
  });

  test('a server that asks who is there', () => {
    const files = {
      'a.js': `import { createServer } from 'node:http'; createServer((req, res) => { if (req.url === '/open') return res.end('x'); if (req.headers.authorization !== \`Bearer \${process.env.TOKEN}\`) { res.writeHead(401); return res.end() } if (req.url === '/closed') return res.end(secret()); res.writeHead(404); res.end() }).listen(1)`,
    };
    expect(askedIn(files)).toEqual(['ALL /open open']);
  });

  test('a request to somebody else is no server', () => {
    expect(
      serversIn({
        'a.js': `const https = require('https'); https.get('https://x.example/', (res) => res.resume()); https.request({}).end()`,
      }),
    ).toEqual([]);
  });
});
