import { describe, expect, test } from 'vitest';
import rule from '../../../src/rules/security/http-hardening.ts';
import { repositoryOf } from '../../support/repository.ts';

/** What the rule says of a small app: the first words of each failure, or the verdict. */
async function tellings(packages: readonly string[], files: Readonly<Record<string, string>>): Promise<string[]> {
  const dependencies = Object.fromEntries(packages.map((name) => [name, '*']));
  const manifest = JSON.stringify({ name: 'sample', type: 'module', dependencies });
  const findings = await rule.check(repositoryOf({ 'package.json': manifest, ...files }), { today: new Date() });
  return findings
    .map(({ verdict, message }) => (verdict === 'fail' ? (message.split(/[:,]/)[0] ?? '') : verdict))
    .toSorted();
}

const noHeaders = 'Pages and answers go out without the headers with which browsers protect people';
const noLimit = 'Anybody may call as often as they like';
const tooLarge = 'A single request may be as large as its sender likes';
const stack = 'When something goes wrong';

const express = (lines: string): Record<string, string> => ({
  'app.js': `import express from 'express'; import helmet from 'helmet'; import { rateLimit } from 'express-rate-limit'; import multer from 'multer';
    const app = express();
    ${lines}
    app.post('/api/orders', (req, res) => res.json({ ok: true }));
    app.listen(3000);`,
});

describe('Express', () => {
  test.each([
    ['nothing', '', [noLimit, noHeaders, 'pass']],
    ['both', 'app.use(helmet()); app.use(rateLimit({}));', ['pass', 'pass', 'pass']],
    [
      'a limit for the path of the routes',
      "app.use(helmet()); app.use('/api', rateLimit({}));",
      ['pass', 'pass', 'pass'],
    ],
    [
      'a limit for another path',
      "app.use(helmet()); app.use('/login', rateLimit({}));",
      ['Only some routes are limited', 'pass', 'pass'],
    ],
    [
      'an upload without a limit',
      "app.use(helmet(), rateLimit({})); const upload = multer({ dest: 'up/' });",
      [tooLarge, 'pass', 'pass'],
    ],
    [
      'an upload with one',
      'app.use(helmet(), rateLimit({})); const upload = multer({ limits: { fileSize: 1 } });',
      ['pass', 'pass', 'pass'],
    ],
    [
      'a stack',
      'app.use(helmet(), rateLimit({})); app.use((err, req, res, next) => res.status(500).send(err.stack));',
      [stack, 'pass', 'pass'],
    ],
    [
      'a stack for developers',
      "app.use(helmet(), rateLimit({})); app.use((err, req, res, next) => res.json({ stack: process.env.NODE_ENV === 'development' ? err.stack : undefined }));",
      ['pass', 'pass', 'pass'],
    ],
    [
      'the errors of a schema',
      'app.use(helmet(), rateLimit({})); app.use((req, res, next) => { const { error } = check(req.body); if (error) return res.json({ error }); next(); });',
      ['pass', 'pass', 'pass'],
    ],
  ])('%s', async (_, lines, expected) => {
    expect(await tellings(['express'], express(lines))).toEqual(expected);
  });

  test.each([
    [
      'vercel.json',
      '{ "headers": [{ "source": "/(.*)", "headers": [{ "key": "X-Content-Type-Options", "value": "nosniff" }] }] }',
    ],
    ['deploy/nginx.conf', 'add_header X-Content-Type-Options nosniff;'],
    ['netlify.toml', '[[headers]]\n  [headers.values]\n  X-Frame-Options = "DENY"'],
  ])('headers from %s', async (path, text) => {
    expect(await tellings(['express'], { ...express(''), [path]: text })).toEqual([noLimit, 'elsewhere', 'pass']);
  });
});

test('a 429 that somebody else answered is no limit', async () => {
  const files = express(
    "app.use(helmet()); app.get('/x', async (req, res) => { const r = await fetch(url); if (r.status === 429) return res.sendStatus(429); res.json({}); });",
  );
  expect(await tellings(['express'], files)).toEqual([noLimit, 'pass', 'pass']);
});

test('Fastify limits bodies unasked and sends errors without their stack', async () => {
  const files = {
    'app.js': `import Fastify from 'fastify'; import helmet from '@fastify/helmet'; import limit from '@fastify/rate-limit';
      const app = Fastify(); await app.register(helmet); await app.register(limit, { max: 100 });
      app.post('/orders', async (request, reply) => { try { return await add(); } catch (error) { return reply.send(error); } });
      await app.listen({ port: 3000 });`,
  };
  expect(await tellings(['fastify'], files)).toEqual(['pass', 'pass', 'pass']);
});

const honoApp = (lines: string): Record<string, string> => ({
  'app.ts': `import { Hono } from 'hono'; import { serve } from '@hono/node-server'; import { secureHeaders } from 'hono/secure-headers'; import { bodyLimit } from 'hono/body-limit'; import { rateLimiter } from 'hono-rate-limiter';
    const app = new Hono(); app.use(secureHeaders()); app.use(rateLimiter({})); ${lines}
    app.post('/orders', async (c) => c.json({})); serve({ fetch: app.fetch, port: 3000 });`,
});

test('Hono takes bodies of any size', async () => {
  expect(await tellings(['hono', '@hono/node-server'], honoApp(''))).toEqual([tooLarge, 'pass', 'pass']);
  expect(await tellings(['hono', '@hono/node-server'], honoApp('app.use(bodyLimit({ maxSize: 1000 }));'))).toEqual([
    'pass',
    'pass',
    'pass',
  ]);
});

test('a server for the own computer only, and no server at all', async () => {
  const local = {
    'app.js': "import http from 'node:http'; http.createServer((req, res) => res.end('x')).listen(3000, '127.0.0.1');",
  };
  expect(await tellings([], local)).toEqual(['not-applicable']);
  expect(await tellings([], { 'index.js': 'console.log(1);' })).toEqual(['not-applicable']);
});
