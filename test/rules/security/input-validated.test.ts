import { describe, expect, test } from 'vitest';
import rule from '../../../src/rules/security/input-validated.ts';
import { repositoryOf } from '../../support/repository.ts';

/** What the rule says of a small app whose package.json names these packages. */
async function verdictsOf(packages: readonly string[], files: Readonly<Record<string, string>>): Promise<string[]> {
  const dependencies = Object.fromEntries(packages.map((name) => [name, '*']));
  const manifest = JSON.stringify({ name: 'sample', type: 'module', dependencies });
  const findings = await rule.check(repositoryOf({ 'package.json': manifest, ...files }), { today: new Date() });
  return findings.map((finding) => (finding.verdict === 'fail' ? `fail ${finding.confidence}` : finding.verdict));
}

const fastifyApp = (options: string): string => `
  import Fastify from 'fastify';
  import { schemas } from './schemas.js';
  const app = Fastify();
  app.post('/orders', ${options} async (request) => ({ article: request.body.article }));
  await app.listen({ port: 3000 });
`;

describe('Fastify', () => {
  const schemas =
    'export const schemas = { full: { body: { type: "object" } }, half: { params: { type: "object" } } };';
  test.each([
    ['a schema in place', '{ schema: { body: { type: "object" } } },', ['pass']],
    ['a schema of another file', '{ schema: schemas.full },', ['pass']],
    ['a schema for something else', '{ schema: schemas.half },', ['fail likely']],
    ['a schema that nobody can follow', '{ schema: await load() },', ['unknown']],
    ['no schema', '', ['fail likely']],
  ])('%s', async (_, options, expected) => {
    expect(await verdictsOf(['fastify'], { 'app.js': fastifyApp(options), 'schemas.js': schemas })).toEqual(expected);
  });
});

const honoApp = (line: string): string => `
  import { Hono } from 'hono';
  import { serve } from '@hono/node-server';
  import { zValidator } from '@hono/zod-validator';
  import { validator } from 'hono/validator';
  import { z } from 'zod';
  const order = z.object({ article: z.string() });
  const app = new Hono();
  ${line}
  serve({ fetch: app.fetch, port: 3000 });
`;

describe('Hono', () => {
  test.each([
    ['zValidator', "app.post('/o', zValidator('json', order), async (c) => c.json(c.req.valid('json')));", ['pass']],
    [
      'validator',
      "app.post('/o', validator('json', (v) => order.parse(v)), (c) => c.json(c.req.valid('json')));",
      ['pass'],
    ],
    ['parsed by hand', "app.post('/o', async (c) => c.json(order.parse(await c.req.json())));", ['pass']],
    ['nothing', "app.post('/o', async (c) => c.json({ article: (await c.req.json()).article }));", ['fail likely']],
    ['no body', "app.post('/o', (c) => c.json({ done: true }));", ['not-applicable']],
  ])('%s', async (_, line, expected) => {
    expect(await verdictsOf(['hono', '@hono/node-server', 'zod'], { 'app.ts': honoApp(line) })).toEqual(expected);
  });
});

const expressApp = (route: string): string => `
  import express from 'express';
  import { body, validationResult } from 'express-validator';
  import { celebrate, Joi } from 'celebrate';
  import Ajv from 'ajv';
  import { Order } from './model.js';
  const check = new Ajv().compile({ type: 'object' });
  const app = express();
  app.use(express.json());
  ${route}
  app.listen(3000);
`;

describe('Express', () => {
  test.each([
    [
      'express-validator that looks at the result',
      "app.post('/o', body('a').isInt(), (req, res) => { if (!validationResult(req).isEmpty()) return res.sendStatus(400); res.json(req.body.a); });",
      ['pass'],
    ],
    [
      'express-validator that never looks',
      "app.post('/o', body('a').isInt(), (req, res) => res.json(req.body.a));",
      ['fail likely'],
    ],
    ['celebrate', "app.post('/o', celebrate({ body: Joi.object() }), (req, res) => res.json(req.body.a));", ['pass']],
    [
      'a compiled schema',
      "app.post('/o', (req, res) => { if (!check(req.body)) return res.sendStatus(400); res.json(req.body.a); });",
      ['pass'],
    ],
    [
      'all of it into a record',
      "app.post('/o', async (req, res) => { const data = req.body; res.json(await Order.create(data)); });",
      ['fail certain'],
    ],
    [
      'by hand',
      "app.post('/o', (req, res) => { const { a } = req.body; if (typeof a !== 'string') return res.sendStatus(400); res.json(a); });",
      ['unknown'],
    ],
    [
      'only there',
      "app.post('/o', (req, res) => { const { a } = req.body; if (!a) return res.sendStatus(400); res.json(a); });",
      ['fail likely'],
    ],
    ['a webhook', "app.post('/webhook', (req, res) => res.json(req.body.a));", ['not-applicable']],
  ])('%s', async (_, route, expected) => {
    const packages = ['express', 'express-validator', 'celebrate', 'ajv'];
    expect(await verdictsOf(packages, { 'app.js': expressApp(route), 'model.js': 'export class Order {}' })).toEqual(
      expected,
    );
  });
});

const nestApp = (pipe: string, parameter: string): Record<string, string> => ({
  'src/main.ts': `import { NestFactory } from '@nestjs/core'; import { ValidationPipe } from '@nestjs/common'; import { AppModule } from './app.module';
    const app = await NestFactory.create(AppModule); ${pipe} await app.listen(3000);`,
  'src/app.module.ts': `import { Module } from '@nestjs/common'; import { OrdersController } from './orders.controller';
    @Module({ controllers: [OrdersController] }) export class AppModule {}`,
  'src/order.dto.ts': `import { IsString } from 'class-validator'; export class OrderDto { @IsString() article: string; }`,
  'src/orders.controller.ts': `import { Body, Controller, Post } from '@nestjs/common'; import { OrderDto } from './order.dto'; import { ZodPipe } from './zod-pipe';
    @Controller('orders') export class OrdersController { @Post() add(${parameter}) { return order; } }`,
});

describe('Nest', () => {
  test.each([
    [
      'a pipe that lists fields',
      'app.useGlobalPipes(new ValidationPipe({ whitelist: true }));',
      '@Body() order: OrderDto',
      ['pass'],
    ],
    [
      'a pipe that lets others through',
      'app.useGlobalPipes(new ValidationPipe());',
      '@Body() order: OrderDto',
      ['fail review'],
    ],
    ['rules and no pipe', '', '@Body() order: OrderDto', ['fail likely']],
    [
      'a pipe and no rules',
      'app.useGlobalPipes(new ValidationPipe({ whitelist: true }));',
      '@Body() order: any',
      ['fail likely'],
    ],
    ['a pipe of the parameter', '', '@Body(new ZodPipe(schema)) order: unknown', ['pass']],
  ])('%s', async (_, pipe, parameter, expected) => {
    const packages = ['@nestjs/core', '@nestjs/common', 'class-validator'];
    expect(await verdictsOf(packages, nestApp(pipe, parameter))).toEqual(expected);
  });
});
