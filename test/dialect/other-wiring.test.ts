import { describe, expect, test } from 'vitest';
import type { Server } from '../../src/frameworks/server.ts';
import { serversOf } from '../../src/frameworks/servers.ts';
import { guardedFramework } from '../../src/retrofit/kit-for.ts';
import { whyNotGuarded } from '../../src/retrofit/not-guarded.ts';
import { wired, type Files } from '../code/edit/wired.ts';
import { repositoryOf } from '../support/repository.ts';
import { routesOf } from '../frameworks/routes-of.ts';

const start = '"scripts": { "start": "node server.js" }';
const withPackages = (packages: Record<string, string>, more = ''): string =>
  `{ ${start}, ${more} "dependencies": ${JSON.stringify(packages)} }`;

const koa = {
  'package.json': withPackages({ koa: '^2.15.0' }),
  'server.js': `const Koa = require('koa');\nconst app = new Koa();\napp.use((ctx) => (ctx.body = 'hello'));\napp.listen(3000);\n`,
};
const plain = {
  'package.json': withPackages({}),
  'server.js': `const http = require('http');\nconst server = http.createServer((req, res) => {\n  if (req.url === '/notes') return res.end('[]');\n  res.writeHead(404).end();\n});\nserver.listen(3000);\n`,
};
const chained = {
  'package.json': withPackages({}, '"type": "module",'),
  'server.js': `import { createServer } from 'node:http';\ncreateServer((req, res) => res.end('hello')).listen(3000);\n`,
};
const nest = {
  'package.json': withPackages({ '@nestjs/core': '^10.0.0', '@nestjs/common': '^10.0.0' }),
  'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n  await app.listen(3000);\n}\nbootstrap();\n`,
  'src/app.module.ts': `import { Controller, Get, Module } from '@nestjs/common';\n@Controller('cats')\nclass Cats {\n  @Get()\n  all() {\n    return [];\n  }\n}\n@Module({ controllers: [Cats] })\nexport class AppModule {}\n`,
};

describe('one import and one call', () => {
  test('Koa: right after the app is made', () => {
    expect(wired(koa, true)).toContain('const app = new Koa();\nguard(app);\n');
  });

  test('a server of Node: after the statement that makes it', () => {
    expect(wired(plain, true)).toContain('});\nguard(server);\nserver.listen(3000);');
  });

  test('a server that listens in the same expression is guarded inside it', () => {
    expect(wired(chained, true)).toContain(`guard(createServer((req, res) => res.end('hello'))).listen(3000);`);
  });

  test('NestJS: before the application listens', () => {
    expect(wired(nest, true)).toContain('NestFactory.create(AppModule);\n  guard(app);\n  await app.listen(3000);');
  });

  test.each([koa, plain, chained, nest])('a second time there is nothing to do', (files: Files) => {
    const path = 'src/main.ts' in files ? 'src/main.ts' : 'server.js';
    expect(wired({ ...files, [path]: wired(files, true) }, true)).toMatch(/^there: /);
  });
});

test('the access table of a guarded NestJS application is read', () => {
  const files = {
    ...nest,
    'src/main.ts': wired(nest, true).replace("'../guardrails'", "'../guardrails/index.cjs'"),
    'guardrails/index.cjs': 'function guard() {}\nmodule.exports = { guard };\n',
    'guardrails/access.cjs': `const access = { 'GET /cats': 'user' };\nmodule.exports = { access };\n`,
  };
  expect(routesOf(nest)).toEqual(['GET /cats open']);
  expect(routesOf(files)).toEqual(['GET /cats refused']);
});

/** A server of that framework, in a project with these packages. */
function made(framework: string, packages: Record<string, string>): Server {
  const [server] = serversOf(repositoryOf({ ...nest, 'package.json': withPackages(packages) }));
  return { ...server!, framework };
}

describe('the guards that fit', () => {
  test.each([
    ['fastify', { fastify: '^5.0.0' }, 'fastify'],
    ['fastify', { fastify: 'latest' }, 'fastify'],
    ['fastify', { fastify: '~4.2.1' }, 'fastify-old'],
    ['fastify', { fastify: '^3.0.0' }, 'fastify-old'],
    ['fastify', { fastify: '^2.15.1' }, undefined],
    ['nest', { '@nestjs/core': '^11.0.0' }, 'express'],
    ['nest', { '@nestjs/core': '^11.0.0', '@nestjs/platform-fastify': '^11.0.0' }, 'fastify'],
    ['nest', { '@nestjs/core': '^10.0.0', '@nestjs/platform-fastify': '^10.0.0' }, 'fastify-old'],
    ['koa', { koa: '^3.0.0' }, 'koa'],
    ['next', { next: '^16.0.0' }, undefined],
  ])('%s with %o: %s', (framework, packages, guards) => {
    const server = made(framework, { '@nestjs/core': '^11.0.0', ...packages } as Record<string, string>);
    expect(guardedFramework(server)).toBe(guards);
  });

  test('what is not guarded is told with what to do, and what is open', () => {
    expect(whyNotGuarded(made('next', { '@nestjs/core': '^11.0.0' }))).toMatch(/proxy\.ts .* Open today: GET \/cats$/);
    expect(whyNotGuarded(made('fastify', { '@nestjs/core': '^11.0.0' }))).toContain('before version 3');
  });
});
