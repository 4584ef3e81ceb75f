import { describe, expect, test } from 'vitest';
import { wired, wiringOfFirst, type Files } from './wired.ts';

const express = `const express = require('express');\n`;
const route = `app.get('/', (request, response) => response.send('hello'));\n`;
const listen = 'app.listen(3000);\n';
const taken = `const { guard } = require('./guardrails/index.cjs');\n`;

function server(text: string, more: Files = {}): string {
  return wired({ 'package.json': '{ "scripts": { "start": "node server.js" } }', 'server.js': text, ...more });
}

function typed(text: string, more: Files = {}): string {
  return wired({
    'package.json': '{ "type": "module", "scripts": { "start": "tsx server.ts" } }',
    'server.ts': text,
    ...more,
  });
}

const field = (rest: string): string =>
  `import express from 'express';\n\nclass Shop {\n  app = express();\n  port = 3000;\n${rest}}\n\nconst shop = new Shop();\nshop.app.get('/', (q, s) => s.send('a'));\nshop.app.listen(3000);\n`;

const below = (rest: string): string => field(rest).replace('class Shop {', 'class Base {}\nclass Shop extends Base {');

const fileWith = (head: string, modules = 'cjs'): string =>
  modules === 'cjs'
    ? server(`${head}const app = require('express')();\n${route}${listen}`)
    : typed(`${head}import express from 'express';\nconst app = express();\n${route}${listen}`);

const besideA = (line: string): string =>
  typed(`import express from 'express';\n${line}const app = express();\n${route}${listen}`, {
    'a.ts': 'export const a = 1;\n',
  });

const wiredBy = (line: string, call: string): string =>
  server(`${express}${line}const app = express();\n${call}${route}${listen}`, {
    'guardrails/index.cjs': 'exports.guard = (app) => app;\n',
  });

describe('where the app is made', () => {
  test('in a variable that is given its value later', () => {
    expect(server(`${express}let app;\napp = express();\n${route}${listen}`)).toBe(
      `${express}${taken}let app;\napp = express();\nguard(app);\n${route}${listen}`,
    );
  });

  test('in a variable that is exported at once', () => {
    expect(server(`${express}const app = (module.exports = express());\n${route}${listen}`)).toContain(
      '= express());\nguard(app);\n',
    );
    expect(server(`${express}var app;\nmodule.exports = app = express();\n${route}${listen}`)).toContain(
      'module.exports = app = express();\nguard(app);\n',
    );
    expect(server(`${express}const app = (exports.app = express());\n${route}${listen}`)).toContain('\nguard(app);\n');
    expect(typed(`import express from 'express';\nexport const app = express();\n${route}${listen}`)).toBe(
      `import express from 'express';\nimport { guard } from './guardrails/index.js';\nexport const app = express();\nguard(app);\n${route}${listen}`,
    );
  });

  test('under no name but module.exports', () => {
    const text = `${express}module.exports = express();\nmodule.exports.get('/', (q, s) => s.send('a'));\nmodule.exports.listen(1);\n`;
    expect(server(text)).toContain('module.exports = express();\nguard(module.exports);\n');
  });

  test('together with what it needs, in one declaration', () => {
    expect(server(`var express = require('express'),\n    app = express(),\n    port = 3000;\n${route}${listen}`)).toBe(
      `${taken}var express = require('express'),\n    app = express(),\n    port = 3000;\nguard(app);\n${route}${listen}`,
    );
    expect(server(`var express = require('express'), app = express(), one = app.listen(1);\n${route}`)).toMatch(
      /^paste: /,
    );
  });

  test('by a require that is called', () => {
    expect(server(`const app = require('express')();\n${route}${listen}`)).toBe(
      `${taken}const app = require('express')();\nguard(app);\n${route}${listen}`,
    );
  });

  test('in a field of a class, in its constructor', () => {
    const text = `import express from 'express';\n\nexport class Shop {\n  private readonly app: express.Application;\n\n  constructor(private port: number) {\n    this.app = express();\n    this.app.get('/', (q, s) => s.send('a'));\n  }\n\n  listen() {\n    this.app.listen(this.port);\n  }\n}\n\nnew Shop(3000).listen();\n`;
    expect(typed(text)).toContain('    this.app = express();\n    guard(this.app);\n');
  });

  test('as the first value of a field: first in the constructor', () => {
    expect(typed(field('\n  constructor() {\n    this.port = 1;\n  }\n'))).toContain(
      '  constructor() {\n    guard(this.app);\n    this.port = 1;\n  }\n',
    );
    expect(typed(field('\n  constructor() {}\n'))).toContain('  constructor() {\n    guard(this.app);\n  }\n');
    expect(typed(field('\n  constructor(private name = 1) { this.port = 2; }\n'))).toContain(
      'constructor(private name = 1) { guard(this.app); this.port = 2; }',
    );
  });

  test('as the first value of a field of a class without a constructor', () => {
    expect(typed(field(''))).toContain('  port = 3000;\n\n  constructor() {\n    guard(this.app);\n  }\n}\n');
  });

  test('as the first value of a field below another class: after super', () => {
    expect(typed(below('\n  constructor() {\n    super();\n    this.port = 1;\n  }\n'))).toContain(
      '    super();\n    guard(this.app);\n    this.port = 1;\n',
    );
    expect(typed(below(''))).toMatch(/^paste: its class has no constructor/);
  });

  test('as a static field', () => {
    const text = `import express from 'express';\nclass Shop {\n  static app = express();\n}\nShop.app.get('/', (q, s) => s.send('a'));\nShop.app.listen(1);\n`;
    expect(typed(text)).toContain('  static app = express();\n\n  static {\n    guard(this.app);\n  }\n}\n');
  });

  test('in a private field', () => {
    const text = `import express from 'express';\nclass Shop {\n  #app;\n  constructor() {\n    this.#app = express();\n    this.#app.get('/', (q, s) => s.send('a'));\n    this.#app.listen(1);\n  }\n}\nnew Shop();\n`;
    expect(typed(text)).toContain('    this.#app = express();\n    guard(this.#app);\n');
  });

  test('in a factory in another file than listen', () => {
    const app = `${express}\nfunction createApp() {\n  const app = express();\n  ${route}  return app;\n}\n\nmodule.exports = { createApp };\n`;
    const result = wiringOfFirst({
      'package.json': '{ "scripts": { "start": "node server.js" } }',
      'server.js': `const { createApp } = require('./lib/app');\ncreateApp().listen(3000);\n`,
      'lib/app.js': app,
    });
    expect(result).toMatchObject({ kind: 'edits', path: 'lib/app.js', importer: 'cjs' });
    expect(JSON.stringify(result)).toContain('../guardrails/index.cjs');
  });

  test('in a factory that only makes it: where the main app is kept, not its routers', () => {
    const result = wiringOfFirst({
      'package.json': '{ "type": "module", "scripts": { "start": "tsx src/index.ts" } }',
      'src/make.ts': `import { OpenAPIHono } from '@hono/zod-openapi';\nexport const makeRouter = () => new OpenAPIHono<Env>({ strict: false });\n`,
      'src/orders.ts': `import { makeRouter } from './make.js';\nconst router = makeRouter();\nrouter.get('/a', (c) => c.text('a'));\nexport default router;\n`,
      'src/index.ts': `import { serve } from '@hono/node-server';\nimport { makeRouter } from './make.js';\nimport orders from './orders.js';\nconst app = makeRouter();\napp.use('*', async (c, next) => next());\napp.route('/orders', orders);\nserve(app);\n`,
    });
    expect(result).toMatchObject({ kind: 'edits', path: 'src/index.ts' });
  });

  test('in a function that runs at once, and inside the callback of a database', () => {
    expect(server(`${express}(async () => {\n\tconst app = express();\n\t${route}\t${listen}})();\n`)).toContain(
      '\tconst app = express();\n\tguard(app);\n\tapp.get(',
    );
    const text = `const mongoose = require('mongoose');\n${express}mongoose.connect('mongodb://localhost').then(() => {\n    const app = express()\n    ${route}    ${listen}})\n`;
    expect(server(text)).toContain('    const app = express()\n    guard(app)');
  });

  test('on one line with other code', () => {
    expect(
      server(`${express}function make() { const app = express(); ${route.trim()} return app }\nmake().listen(1);\n`),
    ).toContain('const app = express(); guard(app); app.get(');
    expect(server(`${express}const app = express(); ${route}${listen}`)).toContain(
      'const app = express(); guard(app); app.get(',
    );
  });

  test('with one of two ways to make it', () => {
    expect(
      server(
        `const fastify = require('fastify');\nconst app = process.env.KEY ? fastify({ https: {} }) : fastify();\napp.get('/', async () => 'a');\napp.listen({ port: 1 });\n`,
      ),
    ).toContain('fastify();\nguard(app);\n');
  });

  test('with types and options', () => {
    const hono = (make: string): string =>
      typed(
        `import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nconst app = ${make};\napp.get('/', (c) => c.text('a'));\nserve(app);\n`,
      );
    expect(hono('new Hono<{ Bindings: Env }>()')).toContain('\nguard(app);\napp.get(');
    expect(hono(`new Hono<Env>({ strict: false }).basePath('/api')`)).toContain('\nguard(app);\napp.get(');
    expect(
      typed(
        `import Fastify from 'fastify';\nconst app = Fastify({\n  logger: true,\n}).withTypeProvider<Types>();\napp.get('/', async () => 'a');\nawait app.listen({ port: 1 });\n`,
      ),
    ).toContain('.withTypeProvider<Types>();\nguard(app);\n');
  });

  test('as a property of an object', () => {
    expect(
      server(
        `${express}const shop = { app: express(), name: 'shop' };\nshop.app.get('/', (q, s) => s.send('a'));\nshop.app.listen(1);\n`,
      ),
    ).toContain(`name: 'shop' };\nguard(shop.app);\n`);
  });
});

describe('what is left to a person, with the reason and the lines', () => {
  test.each([
    ['a chain', `${express}const app = express().use(express.json());\n${route}${listen}`, 'chained'],
    [
      'no name',
      `${express}require('http').createServer(express().get('/', (q, s) => s.send('a'))).listen(1);\n`,
      'chained',
    ],
    ['a branch without a block', `${express}let app;\nif (process.env.A) app = express();\n${route}${listen}`, 'block'],
  ])('%s', (_, text, why) => {
    expect(server(text)).toMatch(new RegExp(`^paste: .*${why}`));
  });

  test('an app that is exported without a name', () => {
    const files = {
      'package.json': '{ "type": "module", "scripts": { "start": "node server.js" } }',
      'server.js': `import { Hono } from 'hono';\nexport default new Hono().get('/', (c) => c.text('a'));\n`,
    };
    const result = wiringOfFirst(files);
    expect(result).toMatchObject({
      kind: 'paste',
      lines: [`import { guard } from './guardrails/index.js';`, 'guard(app);'],
    });
  });
});

describe('where the import goes', () => {
  test('after directives, the first line and the licence', () => {
    expect(fileWith(`'use strict';\n\n`)).toMatch(/^'use strict';\nconst \{ guard \} = .*;\n+const app/);
    expect(fileWith(`#!/usr/bin/env node\n`)).toMatch(/^#!\/usr\/bin\/env node\nconst \{ guard \} = .*;\n+const app/);
    expect(fileWith(`/*! Copyright 2026 */\n`)).toMatch(
      /^\/\*! Copyright 2026 \*\/\nconst \{ guard \} = .*;\n+const app/,
    );
    expect(fileWith(`/* The shop. */\n\n// makes it\n`)).toMatch(
      /^\/\* The shop. \*\/\n\nconst \{ guard \} = .*;\n\n\/\/ makes it\n/,
    );
    expect(fileWith(`// @ts-check\n`)).toMatch(/^\/\/ @ts-check\nconst \{ guard \}/);
  });

  test('after the first imports, also where others follow later', () => {
    expect(fileWith(`import a from 'a'; // a\n`, 'ts')).toMatch(
      /\/\/ a\nimport express from 'express';\nimport \{ guard \}/,
    );
    const later = `import express from 'express';\nconst app = express();\nimport db from './db.js';\n${route}${listen}`;
    expect(typed(later)).toBe(
      `import express from 'express';\nimport { guard } from './guardrails/index.js';\nconst app = express();\nguard(app);\nimport db from './db.js';\n${route}${listen}`,
    );
  });

  test('after the settings are read from a file', () => {
    expect(
      server(
        `const dotenv = require('dotenv');\n${express}dotenv.config();\nconst app = express();\n${route}${listen}`,
      ),
    ).toContain(`dotenv.config();\n${taken}const app`);
  });

  test('above the place of use where requires are spread over the file', () => {
    expect(server(`${express}const app = express();\nconst path = require('path');\n${route}${listen}`)).toBe(
      `${express}${taken}const app = express();\nguard(app);\nconst path = require('path');\n${route}${listen}`,
    );
  });

  test('into an import of the same module that is there', () => {
    const already = (line: string): string =>
      typed(`import express from 'express';\n${line}const app = express();\n${route}${listen}`);
    expect(already(`import { log } from './guardrails/index.js';\n`)).toContain(
      `import { log, guard } from './guardrails/index.js';\n`,
    );
    expect(already(`import {\n  log,\n  trace,\n} from './guardrails/index.js';\n`)).toContain(
      `  log,\n  trace,\n  guard,\n} from`,
    );
    expect(already(`import * as rails from './guardrails/index.js';\n`)).toContain('express();\nrails.guard(app);\n');
    expect(already(`import rails from './guardrails/index.js';\n`)).toContain(
      `import rails, { guard } from './guardrails/index.js';\n`,
    );
    expect(already(`import type { App } from './guardrails/index.js';\n`)).toContain(
      `import { guard } from './guardrails/index.js';\n`,
    );
    expect(
      server(`${express}const { log } = require('./guardrails');\nconst app = express();\n${route}${listen}`),
    ).toContain(`const { log, guard } = require('./guardrails');\n`);
    expect(
      server(`${express}const rails = require('./guardrails');\nconst app = express();\n${route}${listen}`),
    ).toContain('express();\nrails.guard(app);\n');
  });

  test('under another name where the name is taken', () => {
    expect(
      server(
        `${express}const guard = (q, s, next) => next();\nconst app = express();\napp.use(guard);\n${route}${listen}`,
      ),
    ).toBe(
      `${express}const { guard: guardRoutes } = require('./guardrails/index.cjs');\nconst guard = (q, s, next) => next();\nconst app = express();\nguardRoutes(app);\napp.use(guard);\n${route}${listen}`,
    );
  });

  test('with the endings that the neighbours write', () => {
    expect(besideA(`import { a } from './a';\n`)).toContain(`from './guardrails';\n`);
    expect(besideA(`import { a } from './a.ts';\n`)).toContain(`from './guardrails/index.ts';\n`);
    expect(besideA(`import { a } from './a.js';\n`)).toContain(`from './guardrails/index.js';\n`);
  });
});

describe('what is there already', () => {
  test.each([
    ['by its name', taken, 'guard(app);\n'],
    ['by another name', `const { guard: watch } = require('./guardrails');\n`, 'watch(app);\n'],
    ['through the module', `const rails = require('./guardrails/index.cjs');\n`, '\n\nrails.guard(app);\n'],
  ])('a call %s is found', (_, line, call) => {
    expect(wiredBy(line, call)).toMatch(/^there: server\.js:\d+$/);
  });

  test('a comment, a call about another app, and a function of the same name do not count', () => {
    expect(wiredBy(taken, '// guard(app);\n')).toContain('express();\nguard(app);\n// guard(app);\n');
    expect(wiredBy(taken, 'guard(other);\n')).toContain('express();\nguard(app);\nguard(other);\n');
    expect(wiredBy(`const { guard } = require('./mine');\n`, 'guard(app);\n')).toContain(
      'guardRoutes(app);\nguard(app);\n',
    );
  });
});

describe('next lines that would be read as a part of the call', () => {
  test.each(['(function () {})()', '[1].forEach(String)', '`a`.trim()'])('%s', (next) => {
    expect(
      server(
        `const express = require('express')\nconst app = express()\n;${next}\napp.get('/', (q, s) => s.send('a'))\napp.listen(1)\n`,
      ),
    ).toContain(`express()\nguard(app)\n;${next}`);
  });
});

describe('ends of lines and files', () => {
  test('a file without a last line end', () => {
    expect(server(`${express}const app = express();\n${listen}module.exports = app`)).toMatch(/module\.exports = app$/);
  });

  test('a file with both kinds of line ends gets those of the place', () => {
    const text = `const express = require('express');\r\nconst app = express();\r\n${route}${listen}`;
    expect(server(text)).toBe(
      `const express = require('express');\r\nconst { guard } = require('./guardrails/index.cjs');\r\nconst app = express();\r\nguard(app);\r\n${route}${listen}`,
    );
  });

  test('two apps in one file', () => {
    const text = `${express}const app = express();\n${route}${listen}const other = express();\nother.get('/', (q, s) => s.send('a'));\nother.listen(1);\n`;
    const first = server(text);
    expect(first).toContain('const app = express();\nguard(app);\n');
    expect(server(first)).toMatch(/^there: /);
  });
});

describe('a call that gives the app back stands around what has no place after it', () => {
  test.each([
    [
      'a chain',
      `const app = new Hono()\n  .get('/', (c) => c.text('a'))\n  .get('/b', (c) => c.text('b'));\nserve(app);\n`,
      `const app = guard(new Hono())\n  .get('/', (c)`,
    ],
    ['no name', `export default new Hono().get('/', (c) => c.text('a'));\n`, `export default guard(new Hono()).get(`],
    [
      'a branch',
      `let app;\nif (process.env.A) app = new Hono<Env>();\napp.get('/', (c) => c.text('a'));\nserve(app);\n`,
      `if (process.env.A) app = guard(new Hono<Env>());\n`,
    ],
    [
      'a field below another class',
      `class A extends B {\n  app = new Hono();\n}\nconst a = new A();\na.app.get('/', (c) => c.text('a'));\nserve(a.app);\n`,
      `  app = guard(new Hono());\n`,
    ],
  ])('%s', (_, text, after) => {
    const files = {
      'package.json': '{ "type": "module", "scripts": { "start": "tsx server.ts" } }',
      'guardrails/index.ts': 'export function guard<T>(app: T): T {\n  return app;\n}\n',
      'server.ts': `import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\n${text}`,
    };
    const made = wired(files, true);
    expect(made).toContain(after);
    expect(wired({ ...files, 'server.ts': made }, true)).toMatch(/^there: /);
    expect(wired(files)).toMatch(/^paste: /);
  });
});
