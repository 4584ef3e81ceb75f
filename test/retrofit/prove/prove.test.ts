import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cleanUp, manifestOf, projectOf, proven, verdictsIn } from './project.ts';
import { smallGuard } from './small-guard.ts';

afterEach(cleanUp);

const server = `
const express = require('express');
const fs = require('node:fs');
const app = express();
app.use(express.json());
app.get('/orders', (req, res) => res.json([{ id: 1, name: 'paper' }]));
app.get('/orders/:id', (req, res) => res.json({ id: req.params.id }));
app.post('/orders', (req, res) => { fs.appendFileSync('orders.log', 'x'); res.status(201).json({ id: 2 }); });
app.get('/health', (req, res) => res.json({ ok: true }));
app.get('/count', (req, res) => {
  fs.appendFileSync('count.txt', 'x');
  res.json({ ['seen' + fs.readFileSync('count.txt', 'utf8').length]: true });
});
app.listen(process.env.PORT || 3000);
`;
const guarded = server.replace(
  'const app = express();',
  "const app = express();\nrequire('./guardrails/index.cjs').guard(app);",
);
const access = {
  'GET /orders': "'user'",
  'GET /orders/:id': "'user'",
  'POST /orders': "'user'",
  'GET /count': "'user'",
  'GET /health': "open('asked for by the load balancer')",
};
const files = { 'package.json': manifestOf('server.js'), 'server.js': server };
const auth = { 'server.js': guarded, ...smallGuard(['GET /health']) };

test('a good plan: everything is the same, files that it writes too; nothing is left behind', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('shipshape-boot-'));
  const folder = projectOf(files, ['express']);
  const proof = await proven(folder, { auth }, access);
  expect(verdictsIn(proof)).toEqual([
    'GET / same',
    'GET /count same',
    'GET /health same',
    'GET /no-such-address-here same',
    'GET /orders same',
    'GET /orders/:id same',
    'POST /orders same',
  ]);
  expect(proof.before).toMatchObject({ started: true, command: 'node server.js' });
  expect(proof.after).toMatchObject({ started: true });
  expect(proof.dropped).toEqual([]);
  expect(proof.routes.find(({ key }) => key === 'POST /orders')).toMatchObject({
    before: 'the handler was reached',
    stranger: '401 application/json',
    signedIn: 'the handler was reached',
  });
  expect(proof.recorded).toContainEqual({
    key: 'GET /orders',
    method: 'GET',
    path: '/orders',
    status: 200,
    type: 'application/json',
    shape: [{ id: 'number', name: 'string' }],
  });
  expect(proof.said.filter((line) => line.startsWith('Starting'))).toHaveLength(3);
  expect(existsSync(join(folder, 'count.txt'))).toBe(false);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('shipshape-boot-'))).toEqual(before);
});

test('a route that a plan leaves open is worse, and auth is not left out for it', async () => {
  const leaky = { 'server.js': guarded, ...smallGuard(['GET /health', 'GET /orders']) };
  const proof = await proven(projectOf(files, ['express']), { auth: leaky }, access);
  expect(proof.routes.filter(({ verdict }) => verdict !== 'same')).toMatchObject([
    { key: 'GET /orders', verdict: 'worse', why: 'a stranger is not refused: 200 application/json' },
  ]);
  expect(proof.dropped).toEqual([]);
});

test('a guardrail that keeps the app from starting is left out, and the rest is proven', async () => {
  const logs = {
    'server.js': `require('./guardrails/logs.cjs');\n${guarded}`,
    'guardrails/logs.cjs': 'throw new Error("no log");',
  };
  const proof = await proven(projectOf(files, ['express']), { auth, logs }, access);
  expect(proof.dropped).toMatchObject([{ by: 'logs', why: expect.stringContaining('no log') }]);
  expect(new Set(proof.routes.map(({ verdict }) => verdict))).toEqual(new Set(['same']));
});

test('a guardrail that changes an answer is left out', async () => {
  const security = {
    'guardrails/security.cjs': "exports.secure = (app) => app.use('/orders/:id', (req, res) => res.status(500).end());",
    'server.js': guarded.replace(
      "app.get('/orders',",
      "require('./guardrails/security.cjs').secure(app);\napp.get('/orders',",
    ),
  };
  const proof = await proven(projectOf(files, ['express']), { auth, security }, access);
  expect(proof.dropped).toEqual([
    {
      by: 'security',
      why: 'GET /orders/:id: for somebody who is signed in: 500 instead of 200 application/json',
    },
  ]);
  expect(new Set(proof.routes.map(({ verdict }) => verdict))).toEqual(new Set(['same']));
});
