import { describe, expect, test } from 'vitest';
import { askedIn, serversIn } from './recognised.ts';
import { routesOf } from './routes-of.ts';

const guard = `const guard = (req, res, next) => { if (!req.session.user) return res.status(401).end(); next() };`;
const express = (text: string): string[] =>
  askedIn({ 'a.js': `const app = require('express')(); ${guard} ${text} app.listen(1)` });

describe('Express asks its routes in the order of telling', () => {
  test.each<[string, string, string[]]>([
    [
      'a guarded parameter before a path that fits it',
      `app.get('/leave/:id', guard, (req, res) => res.json(one())); app.get('/leave/export.csv', (req, res) => res.send(all()));`,
      ['GET /leave/:id refused', 'GET /leave/export.csv refused'],
    ],
    [
      'the other way round',
      `app.get('/leave/export.csv', (req, res) => res.send(all())); app.get('/leave/:id', guard, (req, res) => res.json(one()));`,
      ['GET /leave/export.csv open', 'GET /leave/:id refused'],
    ],
    [
      'another method',
      `app.post('/leave/:id', guard, (req, res) => res.json(one())); app.get('/leave/export.csv', (req, res) => res.send(all()));`,
      ['POST /leave/:id refused', 'GET /leave/export.csv open'],
    ],
    [
      'a parameter that takes numbers alone',
      String.raw`app.get('/leave/:id(\\d+)', guard, (req, res) => res.json(one())); app.get('/leave/export.csv', (req, res) => res.send(all())); app.get('/leave/12', (req, res) => res.send(all()));`,
      [String.raw`GET /leave/:id(\d+) refused`, 'GET /leave/export.csv open', 'GET /leave/12 refused'],
    ],
    [
      'a parameter with text around it',
      `app.get('/leave/:id.pdf', guard, (req, res) => res.json(one())); app.get('/leave/export.csv', (req, res) => res.send(all())); app.get('/leave/all.pdf', (req, res) => res.send(all()));`,
      ['GET /leave/:id.pdf refused', 'GET /leave/export.csv open', 'GET /leave/all.pdf refused'],
    ],
    [
      'middleware below numbers',
      String.raw`app.use('/leave/:id(\\d+)', guard); app.get('/leave/export.csv', (req, res) => res.send(all())); app.get('/leave/:id', (req, res) => res.send(all()));`,
      ['GET /leave/export.csv open', 'GET /leave/:id unknown'],
    ],
    [
      'an earlier route that goes on',
      `app.get('/leave/:id', (req, res, next) => { if (!req.session.user) return next(); res.json(one()) }); app.get('/leave/export.csv', (req, res) => res.send(all()));`,
      ['GET /leave/:id open', 'GET /leave/export.csv open'],
    ],
    [
      'an earlier route that refuses some and answers others',
      `app.get('/leave/:id', (req, res) => { if (!req.session.user && one(req.params.id).hidden) return res.status(401).end(); res.json(one()) }); app.get('/leave/export.csv', (req, res) => res.send(all()));`,
      ['GET /leave/:id unknown', 'GET /leave/export.csv unknown'],
    ],
  ])('%s', (_, text, routes) => {
    expect(express(text)).toEqual(routes);
  });
});

const koa = (text: string): string[] =>
  askedIn({
    'a.js': `const Koa = require('koa'); const Router = require('@koa/router'); const app = new Koa(); const router = new Router();
      const guard = async (ctx, next) => { if (!ctx.state.user) ctx.throw(401); await next() };
      ${text} app.use(router.routes()); app.listen(1)`,
  });

test('Koa asks its routes in the order of telling', () => {
  const one = `router.get('/leave/:id', guard, (ctx) => { ctx.body = one() });`;
  const all = `router.get('/leave/export.csv', (ctx) => { ctx.body = all() });`;
  expect(koa(one + all)).toEqual(['GET /leave/:id refused', 'GET /leave/export.csv refused']);
  expect(koa(all + one)).toEqual(['GET /leave/export.csv open', 'GET /leave/:id refused']);
});

const hono = (text: string): string[] =>
  askedIn({
    'a.js': `import { Hono } from 'hono'; const app = new Hono();
      const guard = async (c, next) => { if (!c.req.header('Authorization')) return c.json({}, 401); await next() };
      ${text} export default app`,
  });

const guarded = (path: string): string => `app.get('${path}', guard, (c) => c.json(one()));`;

test('Hono asks its routes in the order of telling', () => {
  const all = `app.get('/leave/export.csv', (c) => c.text(all()));`;
  expect(hono(guarded('/leave/:id') + all)).toEqual(['GET /leave/:id refused', 'GET /leave/export.csv refused']);
  expect(hono(all + guarded('/leave/:id'))).toEqual(['GET /leave/export.csv open', 'GET /leave/:id refused']);
  expect(hono(guarded('/leave/:id{[0-9]+}') + all)).toEqual([
    'GET /leave/:id{[0-9]+} refused',
    'GET /leave/export.csv open',
  ]);
});

const fastify = (text: string): string[] =>
  askedIn({
    'a.js': `const app = require('fastify')(); const guard = async (request, reply) => { if (!request.headers.authorization) return reply.code(401).send() };
      ${text} app.listen({ port: 1 })`,
  });

describe('Fastify prefers the most exact path, whatever the order', () => {
  const all = `app.get('/leave/export.csv', async () => all());`;
  test.each(['/leave/:id', '/leave/*', '/*', '*'])('after %s', (path) => {
    const one = `app.get('${path}', { preHandler: guard }, async () => one());`;
    expect(fastify(one + all)).toEqual([`GET ${path} refused`, 'GET /leave/export.csv open']);
    expect(fastify(all + one).toSorted()).toEqual(fastify(one + all).toSorted());
  });

  test('middleware with a path stands before that path alone, and before routes that were told earlier', () => {
    const check = `(req, res, next) => { if (!req.headers.authorization) { res.statusCode = 401; return res.end() } next() }`;
    expect(fastify(`${all} app.get('/news', async () => news()); app.use('/leave', ${check});`)).toEqual([
      'GET /leave/export.csv refused',
      'GET /news open',
    ]);
    expect(fastify(`${all} app.use(${check});`)).toEqual(['GET /leave/export.csv refused']);
  });
});

const node = (first: string, second: string): string[] =>
  askedIn({
    'a.js': `const http = require('node:http'); http.createServer((req, res) => { ${first} ${second} res.writeHead(404); res.end() }).listen(1)`,
  }).toSorted();

test('a function of Node answers as it is written', () => {
  const one = String.raw`if (/^\/leave\/[\w.]+$/.test(req.url)) { if (!req.headers.authorization) { res.writeHead(401); return res.end() } return res.end(one()) }`;
  const all = `if (req.url === '/leave/export.csv') return res.end(all());`;
  expect(node(all, one)).toContain('ALL /leave/export.csv open');
  expect(node(one, all)).not.toContain('ALL /leave/export.csv open');
});

test('Next.js prefers the folder with the exact name', () => {
  const text = `export async function GET() { const session = await getServerSession(); if (!session) return new Response('', { status: 401 }); return Response.json(one()) }`;
  expect(
    routesOf({
      'package.json': JSON.stringify({ dependencies: { next: '15.4.0', 'next-auth': '^4.0.0' } }),
      'app/page.tsx': 'export default function Page() { return null }',
      'app/leave/[id]/route.ts': `import { getServerSession } from 'next-auth'; ${text}`,
      'app/leave/export.csv/route.ts': 'export async function GET() { return new Response(all()) }',
    }),
  ).toEqual(['GET /leave/:id refused', 'GET /leave/export.csv open']);
});

const nest = (create: string): string[] =>
  routesOf({
    'package.json': JSON.stringify({ dependencies: { '@nestjs/core': '^11.0.0', '@nestjs/common': '^11.0.0' } }),
    'src/main.ts': `import { NestFactory } from '@nestjs/core'; import { AppModule } from './app.module'; async function start() { const app = await NestFactory.${create}; await app.listen(1) } start()`,
    'src/app.module.ts': `import { Module } from '@nestjs/common'; import { LeaveController } from './leave.controller'; @Module({ controllers: [LeaveController] }) export class AppModule {}`,
    'src/leave.controller.ts': `import { Controller, Get, UseGuards } from '@nestjs/common'; import { AuthGuard } from '@nestjs/passport';
        @Controller('leave') export class LeaveController {
          @Get('early') early() { return all() }
          @Get(':id') @UseGuards(AuthGuard('jwt')) one() { return one() }
          @Get('export') all() { return all() } }`,
  });

describe('NestJS goes by what it runs on', () => {
  test('Express: the first method that fits', () => {
    expect(nest('create(AppModule)')).toEqual([
      'GET /leave/early open',
      'GET /leave/:id refused',
      'GET /leave/export refused',
    ]);
  });

  test('Fastify: the most exact path', () => {
    expect(nest('create(AppModule, new FastifyAdapter())')).toEqual([
      'GET /leave/early open',
      'GET /leave/:id refused',
      'GET /leave/export open',
    ]);
  });
});

describe('plugins of Fastify that register themselves come to an end', () => {
  test.each([
    ['one', 'function p(i) { i.register(p) }'],
    ['with a route', `function p(i) { i.get('/x', h); i.register(p, { prefix: '/a' }) }`],
    ['two at a time', 'function p(i) { i.register(p); i.register(p) }'],
    ['each other', 'function p(i) { i.register(q) } function q(i) { i.register(p); i.register(p); i.register(q) }'],
    [
      'without an instance of their own',
      `const fp = require('fastify-plugin'); function p(i) { i.register(fp(p)); i.register(fp(p)) }`,
    ],
  ])('%s', { timeout: 5000 }, (_, text) => {
    const servers = serversIn({
      'a.js': `const f = require('fastify')(); ${text} f.register(p); f.get('/own', async () => 1); f.listen({ port: 1 })`,
    });
    expect(servers[0]?.routes.map(({ path }) => path)).toContain('/own');
  });
});
