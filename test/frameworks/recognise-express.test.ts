import { describe, expect, test } from 'vitest';
import { placeText } from '../../src/repository/place.ts';
import { routesIn, serversIn } from './recognised.ts';

const shapes: [string, string[], Record<string, string>][] = [
  [
    'CommonJS, chained calls, several methods',
    ['GET /', 'POST /a', 'ALL /b', 'DELETE /c/:id'],
    {
      'a.js': `const app = require('express')(); app.get('/', h).post('/a', h); app.all('/b', h); app.delete('/c/:id', h); app.listen(3000)`,
    },
  ],
  [
    'routers mounted across files, nested, with prefixes',
    ['GET /api/users', 'GET /api/users/:id/posts', 'GET /api/health'],
    {
      'server.ts': `import express from 'express'; import { api } from './api/index.js'; const app = express(); app.use('/api', api); app.listen(1)`,
      'api/index.ts': `import { Router } from 'express'; import users from './users'; export const api: Router = Router(); api.use('/users', users); api.get('/health', h)`,
      'api/users.ts': `import * as express from 'express'; const router = express.Router(); const posts = express.Router({ mergeParams: true });
        router.get('/', h); posts.get('/posts', h); router.use('/:id', posts); export default router`,
    },
  ],
  [
    'a router is told more after it was mounted',
    ['GET /x/late'],
    {
      'a.js': `const e = require('express'); const app = e(), r = e.Router(); app.use('/x', r); r.get('/late', h); app.listen()`,
    },
  ],
  [
    'route chains, lists of paths and of handlers',
    ['GET /item', 'PUT /item', 'GET /a', 'GET /b'],
    {
      'a.js': `const app = require('express')(); app.route('/item').get(h).put([m, h]); app.get(['/a', '/b'], [m, [h]])`,
    },
  ],
  [
    'regular expressions and wildcards',
    ['GET /^\\/(?!api).*/', 'GET *', 'GET /files/*splat'],
    {
      'a.js': `const app = require('express')(); app.get(/^\\/(?!api).*/, h); app.get('*', h); app.get('/files/*splat', h)`,
    },
  ],
  [
    'paths from constants, templates and configuration of another file',
    ['GET /api/v1/users', 'POST /api/v1/users'],
    {
      'a.js': `import express from 'express'; import { API } from './config.js'; const path = \`\${API.prefix}/users\`; const app = express(); app.get(path, h); app.post(API.prefix + '/users', h)`,
      'config.js': `const version = 'v1'; export const API = { prefix: '/api/' + version }`,
    },
  ],
  [
    'functions that are given the app',
    ['GET /one', 'GET /two'],
    {
      'index.js': `const express = require('express'); const app = express(); require('./one')(app); const two = require('./two'); two.register(app); app.listen(80)`,
      'one.js': `module.exports = (app) => { app.get('/one', h) }`,
      'two.js': `exports.register = function (server) { server.get('/two', h) }`,
    },
  ],
  [
    'a factory, and a start in another file',
    ['GET /made'],
    {
      'app.ts': `import express, { type Express } from 'express'; export function createApp(): Express { const app = express(); app.get('/made', h); return app }`,
      'main.ts': `import { createApp } from './app.js'; createApp().listen(3000)`,
    },
  ],
  [
    'a factory that only tests call',
    ['GET /made'],
    {
      'app.js': `import express from 'express'; export const createApp = ({ db }) => { const app = express(); app.get('/made', (q, s) => s.json(db.all())); return app }`,
    },
  ],
  [
    'a class with the app in a field, and one that extends it',
    ['GET /base/ping', 'GET /own'],
    {
      'base.ts': `import express from 'express'; export abstract class Base { protected app = express(); constructor(private readonly port: number) { this.middleware(); this.routes() }
        protected middleware(): void { this.app.use('/base', this.router()) } protected abstract routes(): void;
        private router() { const router = express.Router(); router.get('/ping', this.ping.bind(this)); return router } ping(req, res) { res.end() } start() { this.app.listen(this.port) } }`,
      'main.ts': `import { Base } from './base'; class Server extends Base { constructor() { super(3000) } protected routes() { this.app.get('/own', h) } } new Server().start()`,
    },
  ],
  [
    'controllers that hold a router',
    ['GET /todos', 'POST /todos/:id'],
    {
      'todo.ts': `import { Router } from 'express'; export class TodoController { public path = '/todos'; public router = Router(); constructor() { this.initialize() }
        initialize() { this.router.get(this.path, this.all); this.router.post(\`\${this.path}/:id\`, this.one) } all = (req, res) => res.json([]); one = (req, res) => res.end() }`,
      'app.ts': `import express from 'express'; import { TodoController } from './todo'; class App { app = express(); constructor(controllers) { controllers.forEach((controller) => { this.app.use('/', controller.router) }) } }
        new App([new TodoController()]).app.listen(1)`,
    },
  ],
  [
    'a table of routes in a loop',
    ['GET /a', 'POST /b', 'PUT /c'],
    {
      'a.js': `const app = require('express')(); const table = [{ method: 'get', path: '/a', handler: h }, { method: 'post', path: '/b', handler: h }];
        for (const { method, path, handler } of table) app[method](path, handler); Object.entries({ '/c': h }).forEach(([path, handler]) => app.put(path, handler))`,
    },
  ],
  [
    'files of a folder that are loaded by name',
    ['GET /users/list', 'GET /posts/list'],
    {
      'index.js': `const fs = require('fs'), path = require('path'); const app = require('express')(); const folder = path.join(__dirname, 'routes');
        fs.readdirSync(folder).filter((file) => file.endsWith('.js')).forEach((file) => { app.use('/' + file.replace('.js', ''), require(path.join(folder, file))) })`,
      'routes/users.js': `const r = require('express').Router(); r.get('/list', h); module.exports = r`,
      'routes/posts.js': `const r = require('express').Router(); r.get('/list', h); module.exports = r`,
      'routes/README.md': '',
    },
  ],
  [
    'inside an async function, a promise and a callback of a database',
    ['GET /a', 'GET /b', 'GET /c'],
    {
      'a.js': `const express = require('express'); (async () => { const db = await connect(); const app = express(); app.get('/a', h); app.listen() })();
        mongoose.connect(url).then(() => { const app = express(); app.get('/b', h); app.listen() }).catch(console.error);
        client.open((error, db) => { if (error) throw error; const app = express(); app.get('/c', h); app.listen(2) })`,
    },
  ],
  [
    'aliases of TypeScript and packages of a workspace',
    ['GET /x/aliased', 'GET /y/shared'],
    {
      'tsconfig.json': '{"compilerOptions":{"paths":{"~lib/*":["./src/lib/*"]}}}',
      'src/main.ts': `import express from 'express'; import { r } from '~lib/r'; import { s } from '@our/shared'; const app = express(); app.use('/x', r); app.use('/y', s); app.listen(1)`,
      'src/lib/r.ts': `import { Router } from 'express'; export const r = Router().get('/aliased', h)`,
      'packages/shared/package.json': '{"name":"@our/shared","main":"dist/index.js"}',
      'packages/shared/src/index.ts': `import { Router } from 'express'; export const s = Router(); s.get('/shared', h)`,
    },
  ],
  [
    'under a condition',
    ['GET *'],
    { 'a.js': `const app = require('express')(); if (process.env.NODE_ENV === 'production') { app.get('*', h) }` },
  ],
  [
    'a handler mounted with use at a path',
    ['ALL /old', 'ALL /api-docs'],
    {
      'a.js': `const app = require('express')(); const ui = require('swagger-ui-express'); app.use(require('cors')()); app.use('/api', (req, res, next) => next());
        app.use('/old', (req, res) => res.json({ old: true })); app.use('/api-docs', ui.serve, ui.setup({})); app.use((req, res) => res.status(404).end())`,
    },
  ],
];

describe('the routes of an Express app', () => {
  test.each(shapes)('%s', (_, routes, files) => {
    expect(routesIn(files).toSorted()).toEqual(routes.toSorted());
  });
});

describe('what only looks like a route', () => {
  test.each([
    [
      'a Map',
      `const map = new Map(); map.get('/x'); cache.delete('/y', 1); const app = require('express')(); app.get('/real', h)`,
    ],
    ['a setting', `const app = require('express')(); app.set('port', 1); app.get('port'); app.get('/real', h)`],
    [
      'a client',
      `import axios from 'axios'; import express from 'express'; axios.get('/x', {}); fetch('/y'); const api = axios.create(); api.post('/z', {}); express().get('/real', h)`,
    ],
    [
      'supertest',
      `import request from 'supertest'; import express from 'express'; const app = express(); app.get('/real', h); request(app).get('/x').expect(200)`,
    ],
    [
      'a router that nobody mounts',
      `const e = require('express'); const app = e(), r = e.Router(); r.get('/x', h); app.get('/real', h)`,
    ],
    [
      'a function that nobody calls',
      `const app = require('express')(); app.get('/real', h); function more(server) { server.get('/x', h) } module.exports = { more }`,
    ],
    [
      'a route in a text',
      "const app = require('express')(); app.get('/real', h); const code = `app.get('/x', h)`; // app.get('/y', h)",
    ],
  ])('%s', (_, text) => {
    expect(routesIn({ 'a.js': text })).toEqual(['GET /real']);
  });

  test('an app of a test, and of somebody else', () => {
    const text = `const app = require('express')(); app.get('/x', h); app.listen(1)`;
    expect(serversIn({ 'test/app.test.js': text, 'public/vendor/app.js': text, 'test/fixtures/app.js': text })).toEqual(
      [],
    );
  });
});

test('what cannot be followed is said', () => {
  const [server] = serversIn({
    'a.js': `const app = require('express')(); app.use('/x', require(process.env.ROUTES)); app.get(pathFor('x'), h); app[method]('/z', h); app.listen(1)`,
  });
  expect(server?.unclear.map(({ why }) => why)).toHaveLength(3);
  expect(server?.routes).toEqual([]);
});

test('folders that are served, where it is made and where it listens', () => {
  const [server] = serversIn({
    'src/app.js': `import express from 'express'; import path from 'node:path'; import { fileURLToPath } from 'node:url'; import cors from 'cors';
const here = path.dirname(fileURLToPath(import.meta.url));
const app = express();
app.use(cors());
app.use(express.static(path.join(here, '../public')));
app.use('/uploads', express.static('uploads'));
app.listen(3000, '127.0.0.1');`,
  });
  expect(server?.statics.map(({ path, folder }) => `${path} ${folder}`)).toEqual(['/ public', '/uploads uploads']);
  expect(server?.middleware.map(({ packages }) => packages)).toEqual([['cors']]);
  expect([server?.where, server?.listens, server?.local].map((place) => place && placeText(place))).toEqual([
    'src/app.js:3',
    'src/app.js:7',
    'src/app.js:7',
  ]);
});

test('a server of Node around an app is that app', () => {
  const servers = serversIn({
    'a.js': `const app = require('express')(); app.get('/x', h); const server = require('http').createServer(app); const io = require('socket.io')(server); server.listen(80)`,
  });
  expect(servers.map(({ framework, listens }) => [framework, listens?.line])).toEqual([['express', 1]]);
});
