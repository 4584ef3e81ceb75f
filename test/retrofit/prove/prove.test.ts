import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { startWatch } from '../../../src/boot/watch.ts';
import { cleanUp, manifestOf, projectOf, proven, verdictsIn } from './project.ts';
import { smallGuard } from './small-guard.ts';

afterEach(cleanUp);

// Others may have copies of their own in the folder that everybody uses.
process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'prove-'));
afterAll(() => rmSync(tmpdir(), { recursive: true, force: true }));
const copiesLeft = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('shipshape-boot-'));

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
  const folder = projectOf(files, ['express']);
  const proof = await proven(folder, { auth }, access);
  expect(verdictsIn(proof)).toEqual([
    'GET / same',
    'GET /count same',
    'GET /health same',
    'GET /no/such/address/in/this/app same',
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
  expect(copiesLeft()).toEqual([]);
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

test('an app that does not start says why, without its secrets; its own tests are compared all the same', async () => {
  const password = ['hunter', 'two', 'is', 'long'].join('-');
  const broken = {
    'package.json': manifestOf('server.js', { test: 'node -e "process.exit(0)"' }),
    'server.js': server.replace(
      'app.listen',
      `throw new Error('cannot reach postgres://admin:${password}@db/x');\napp.listen`,
    ),
  };
  const proof = await proven(projectOf(broken, ['express']), { auth: smallGuard([]) }, access);
  expect(proof.before).toMatchObject({ started: false, tail: expect.stringContaining('cannot reach postgres://') });
  expect(JSON.stringify(proof)).not.toContain(password);
  expect(proof.after).toBeUndefined();
  expect(proof.routes.find(({ key }) => key === 'GET /orders')).toMatchObject({
    verdict: 'not-proven',
    why: expect.stringContaining('it did not start before any change'),
  });
  expect(proof.own).toMatchObject([{ before: 'passes', after: 'passes', verdict: 'same' }]);
});

test('what differs by itself is not compared, and what hangs or ends the program is not proven', async () => {
  const moody = server.replace(
    'app.listen',
    `
    let asked = 0;
    app.get('/mood', (req, res) => res.status(fs.existsSync(__dirname + '/../run/mood') ? 500 : 200).end(fs.writeFileSync(__dirname + '/../run/mood', 'x')));
    app.get('/dice', (req, res) => res.json({ ['n' + Math.random()]: 1 }));
    app.get('/hang', () => {});
    app.get('/bye', () => setTimeout(() => process.exit(1)));
    app.listen`,
  );
  const proof = await proven(
    projectOf({ ...files, 'server.js': moody }, ['express']),
    {
      auth: {
        ...auth,
        'server.js': moody.replace(
          'const app = express();',
          "const app = express();\nrequire('./guardrails/index.cjs').guard(app);",
        ),
      },
    },
    access,
  );
  const found = new Map(proof.routes.map((route) => [route.key, route]));
  expect(found.get('GET /dice')).toMatchObject({ verdict: 'same' });
  expect(found.get('GET /mood')).toMatchObject({ verdict: 'not-proven', why: expect.stringContaining('differed') });
  expect(found.get('GET /hang')).toMatchObject({ verdict: 'not-proven', why: expect.stringContaining('no answer') });
  expect(found.get('GET /bye')).toMatchObject({
    verdict: 'not-proven',
    why: expect.stringContaining('ends the whole'),
  });
  expect(found.get('GET /orders')).toMatchObject({ verdict: 'same' });
  expect(proof.recorded.map(({ key }) => key)).not.toContain('GET /mood');
});

test('own tests that a guardrail breaks: it is left out; tests that fail before are the same', async () => {
  const own = {
    ...files,
    'package.json': manifestOf('server.js', { test: 'node test.js', build: 'node build.js' }),
    'test.js': "require('node:assert').ok(!require('node:fs').existsSync('guardrails/agents.txt'));",
    'build.js': 'process.exit(3);',
  };
  const proof = await proven(
    projectOf(own, ['express']),
    { auth, agents: { 'guardrails/agents.txt': 'hello' } },
    access,
  );
  expect(proof.dropped).toMatchObject([{ by: 'agents', why: expect.stringContaining('`node test.js` fails now') }]);
  expect(proof.own).toMatchObject([
    { command: 'node build.js', before: 'fails', after: 'fails', verdict: 'same' },
    { command: 'node test.js', before: 'passes', after: 'passes', verdict: 'same' },
  ]);
});

test('what the project protects itself must refuse as before', async () => {
  const own = server.replace(
    'app.listen',
    `
    const known = (req, res, next) => (req.headers.authorization ? next() : res.status(401).json({ error: 'token' }));
    app.get('/mine', known, (req, res) => res.json([]));
    app.get('/desk', (req, res) => res.redirect('/login'));
    app.listen`,
  );
  const wired = own.replace(
    'const app = express();',
    "const app = express();\nrequire('./guardrails/index.cjs').guard(app);",
  );
  const project = { ...files, 'server.js': own };
  const kept = { 'server.js': wired, ...smallGuard(['GET /health', 'GET /mine', 'GET /desk']) };
  const good = await proven(projectOf(project, ['express']), { auth: kept }, access);
  expect(verdictsIn(good)).toContain('GET /mine same');
  expect(verdictsIn(good)).toContain('GET /desk same');
  const doubled = { 'server.js': wired, ...smallGuard(['GET /health', 'GET /mine']) };
  const bad = await proven(projectOf(project, ['express']), { auth: doubled }, access);
  expect(bad.dropped).toMatchObject([
    { by: 'auth', why: expect.stringContaining("GET /desk: the project's own sign-in") },
  ]);
});

test('a bot without a server: its own tests and build alone', async () => {
  const bot = {
    'package.json': manifestOf('bot.js', { test: 'echo "Error: no test specified" && exit 1', build: 'node -e "1"' }),
    'bot.js': 'setInterval(() => {}, 1000);',
  };
  const proof = await proven(projectOf(bot), { agents: { 'AGENTS.md': 'hello' } });
  expect(proof).toMatchObject({ before: { started: false }, after: undefined, routes: [], dropped: [] });
  expect(proof.own).toMatchObject([{ command: 'node -e "1"', verdict: 'same' }]);
});

const live = (text: string): string =>
  text.replace('app.listen(process.env.PORT || 3000)', 'const server = app.listen(process.env.PORT || 3000)') +
  `server.on('upgrade', (req, socket) => socket.end('HTTP/1.1 101 Switching Protocols\\r\\nconnection: upgrade\\r\\nupgrade: websocket\\r\\n\\r\\n'));`;

test('a WebSocket is for the signed-in too', async () => {
  const open = { 'server.js': live(guarded), ...smallGuard(['GET /health']) };
  const table = { ...access, 'UPGRADE /live': "'user'" };
  const proof = await proven(projectOf({ ...files, 'server.js': live(server) }, ['express']), { auth: open }, table);
  expect(proof.routes.find(({ key }) => key === 'UPGRADE /live')).toMatchObject({
    verdict: 'worse',
    why: 'a stranger is not refused: 101',
  });
});

test('a project with guards of ours already: somebody who is signed in gets the same before and after', async () => {
  const project = { ...files, ...auth };
  const good = await proven(projectOf(project, ['express']), { agents: { 'AGENTS.md': 'hello' } }, access);
  expect(good.routes.find(({ key }) => key === 'GET /orders')).toMatchObject({
    verdict: 'same',
    before: '200 application/json',
    stranger: '401 application/json',
    signedIn: '200 application/json',
  });
  const security = {
    'guardrails/index.cjs': (auth as Record<string, string>)['guardrails/index.cjs']!.replace(
      '"POST /sign-in"',
      '"POST /sign-in","GET /orders"',
    ),
  };
  const bad = await proven(projectOf(project, ['express']), { security }, access);
  expect(bad.dropped).toEqual([
    { by: 'security', why: 'GET /orders: a stranger is not refused: 200 application/json' },
  ]);
});

test('writes are really called where that is asked for', async () => {
  const proof = await proven(projectOf(files, ['express']), { auth }, access, { level: 'full' });
  expect(proof.routes.find(({ key }) => key === 'POST /orders')).toMatchObject({
    verdict: 'same',
    before: '201 application/json',
    stranger: '401 application/json',
    signedIn: '201 application/json',
  });
});

test('somebody who wants it to stop leaves nothing behind', async () => {
  const controller = new AbortController();
  const folder = projectOf(files, ['express']);
  const say = (text: string): void => (text.startsWith('Starting') ? controller.abort() : undefined);
  const stopped = proven(folder, { auth }, access, { say, watch: startWatch(60, controller.signal) });
  await expect(stopped).rejects.toThrow('Interrupted');
  expect(copiesLeft()).toEqual([]);
});
