import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUser, ask, cleanUp, start, writePrototype, type Heard, type Stack, type Started } from './prototype.ts';
import { usersNode } from '../support/users-node.ts';

afterAll(cleanUp);

const newNode = resolve('test/workbench/node_modules/.bin/node');
const nodes = [...new Set([usersNode, newNode])];
const stacks: readonly Stack[] = [
  'express-5',
  'express-4',
  'fastify',
  'fastify-4',
  'fastify-3',
  'hono',
  'koa-3',
  'koa-2',
  'node-http',
];
const email = 'anna@example.com';
const password = 'a long enough password';
/** What fails is no business of callers: the guards see to that, whatever NODE_ENV says. */
const quiet = { NODE_ENV: 'production' };

/** What the owner would list; the keys of some routes are written as the framework writes them. */
function accessOf(stack: Stack): Record<string, string> {
  const common = {
    'GET /api/notes': "'user'",
    'POST /api/notes': "'user'",
    'GET /api/notes/:id': "'user'",
    'GET /api/notes/:id/tags': "'user'",
    'DELETE /api/notes/:id/tags': "anyOf('admin')",
    'GET /api/team/:team/inner/people': "'user'",
    'GET /health': "open('asked for by the load balancer')",
    'GET /echo/:word': "'user'",
    'GET /broken': "'user'",
    'GET /late': "'user'",
    'GET /style.css': "open('the look of the first page')",
  };
  if (stack.startsWith('fastify'))
    return { ...common, 'ALL /proxy/*': "'user'", 'GET /app*': "'user'", 'GET /*': "'user'" };
  if (stack === 'hono') return { ...common, 'ALL /proxy/*': "'user'", 'GET /app/*': "'user'" };
  return {
    ...common,
    'USE /': "'user'",
    'USE /app/files': "open('papers')",
    'USE /docs': "open('papers for everybody')",
    'USE /proxy': "'user'",
    'GET  /^\\/app/': "'user'",
  };
}

const reads = [
  'GET /',
  'GET /style.css',
  'GET /api/notes',
  'HEAD /api/notes',
  'GET /api/notes/7',
  'GET /api/notes/7/tags',
  'GET /api/team/red/inner/people',
  'GET /health',
  'GET /echo/hi',
  'GET /echo/h%69',
  'GET /proxy/some/where',
  'GET /app/any/page',
  'GET /late',
  'GET /not-there',
  'DELETE /not-there',
  'OPTIONS /api/notes',
  'GET /broken',
];

const cases = stacks.flatMap((stack) =>
  (['cjs', 'mjs'] as const).flatMap((dialect) =>
    nodes.map((node) => ({ stack, dialect, node, on: node === newNode ? 'a new Node' : "the user's Node" })),
  ),
);

describe.each(cases)('$stack, $dialect, on $on', ({ stack, dialect, node, on }) => {
  const name = on.replaceAll(/\W/g, '');
  const guarded = writePrototype(`guarded${name}`, stack, dialect, accessOf(stack));
  let before: Started;
  let app: Started;
  let session: Record<string, string>;

  beforeAll(async () => {
    before = await start(writePrototype(`naked${name}`, stack, dialect), node, quiet);
    expect(addUser(guarded, node, email, password, 'staff')).toContain(`${email} can sign in after the next start`);
    app = await start(guarded, node);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: `http://127.0.0.1:${app.port}` };
    const form = new URLSearchParams({ email, password, next: '/echo/back' }).toString();
    const answer = await ask(app, 'POST /sign-in', headers, form);
    expect(answer).toMatchObject({ status: 303, headers: { location: '/echo/back' } });
    session = {
      cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
      origin: `http://127.0.0.1:${app.port}`,
    };
  });

  test('strangers get nothing but what the table opens', async () => {
    for (const line of reads) {
      const { status, body } = await ask(app, line);
      const isOpen = line === 'GET /health' || line === 'GET /style.css';
      expect(`${line} ${status}`).toBe(`${line} ${isOpen ? 200 : 401}`);
      if (!isOpen && !line.startsWith('HEAD'))
        expect(JSON.parse(body)).toMatchObject({ title: 'Sign in first', status: 401 });
    }
    expect((await ask(app, 'POST /api/notes', { 'content-type': 'application/json' }, '{"text":"x"}')).status).toBe(
      401,
    );
    expect((await ask(app, 'GET /STYLE.css')).status).toBe(401);
    expect((await ask(app, 'GET /./style.css')).status).toBe(401);
    expect((await ask(app, 'GET /nothing/../index.html')).status).toBe(401);
    // Fastify 3 has no HEAD beside a GET, unless it is told so.
    expect((await ask(app, 'HEAD /health')).status).toBe(stack === 'fastify-3' ? 401 : 200);
    expect((await ask(app, 'GET /livez')).status).toBe(200);
    expect((await ask(app, 'GET /readyz')).status).toBe(200);
  });

  test('a browser that asks for a page is sent to the sign-in page', async () => {
    const { status, headers } = await ask(app, 'GET /app/x?tab=1', { accept: 'text/html,*/*' });
    expect([status, headers.location]).toEqual([302, '/sign-in?next=%2Fapp%2Fx%3Ftab%3D1']);
    const page = await ask(app, `GET ${headers.location}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('name="next" value="/app/x?tab=1"');
  });

  test('who is signed in gets what everybody got before', async () => {
    for (const line of reads)
      expect([line, comparable(await ask(app, line, session))]).toEqual([line, comparable(await ask(before, line))]);
    const json = { 'content-type': 'application/json' };
    const posted = await ask(app, 'POST /api/notes', { ...session, ...json }, '{"text":"x"}');
    expect(comparable(posted)).toEqual(comparable(await ask(before, 'POST /api/notes', json, '{"text":"x"}')));
    expect(JSON.parse((await ask(app, 'GET /auth/me', session)).body)).toEqual({ id: email, email, roles: ['staff'] });
  });

  test('roles, forged requests, unlisted and unknown credentials', async () => {
    expect((await ask(app, 'DELETE /api/notes/7/tags', session)).status).toBe(403);
    const evil = { ...session, origin: 'https://evil.example' };
    expect((await ask(app, 'POST /api/notes', evil, '{}')).status).toBe(403);
    expect((await ask(app, 'GET /api/notes', { cookie: `${session['cookie']}x` })).status).toBe(401);
    expect((await ask(app, 'GET /api/notes', { authorization: 'Bearer nonsense' })).status).toBe(401);
    if (frameworkHasLateRoutes(stack)) {
      expect((await ask(app, 'GET /later', session)).status).toBe(403);
      await expect.poll(app.output).toContain("Add: 'GET /later': 'user',");
    }
  });

  test('a wrong password is refused, and preflights pass by the list only', async () => {
    const sent = JSON.stringify({ email, password: 'wrong' });
    expect((await ask(app, 'POST /sign-in', { 'content-type': 'application/json' }, sent)).status).toBe(401);
    const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    expect((await ask(app, 'OPTIONS /api/notes', preflight)).status).toBe(403);
  });

  test.runIf(/^(?:express|koa)/.test(stack))('an open folder is open, and what stands behind it is not', async () => {
    expect((await ask(app, 'GET /docs/paper.txt')).status).toBe(200);
    expect((await ask(app, 'GET /docs/late')).status).toBe(404);
    expect((await ask(app, 'GET /app/files/paper.txt')).body).toBe('a paper\n');
    expect((await ask(app, 'GET /app/files/none')).status).toBe(401);
    expect((await ask(app, 'GET /app/files/none', session)).body).toBe('<h1>The prototype</h1>\n');
    expect((await ask(app, 'GET /docs/../late', session)).body).toBe((await ask(before, 'GET /docs/../late')).body);
  });

  test('sockets are refused', async () => {
    const upgrade = { connection: 'upgrade', upgrade: 'echo' };
    expect((await ask(before, 'GET /live', upgrade)).status).toBe(101);
    expect((await ask(app, 'GET /live', upgrade)).status).toBe(401);
  });

  test('stops when it is told to', async () => {
    await before.stop();
    expect(await app.stop()).toBe(0);
  });
});

describe.each(cases.filter(({ node }) => node === usersNode))(
  '$stack, $dialect: a route that is not listed',
  ({ stack, dialect, node }) => {
    const { 'GET /health': _health, ...access } = accessOf(stack);

    test.runIf(stack === 'node-http')('is for the signed-in, because nothing lists it', async () => {
      const app = await start(writePrototype('unlisted', stack, dialect, access), node);
      expect((await ask(app, 'GET /health')).status).toBe(401);
      await app.stop();
    });

    test.runIf(stack !== 'node-http')('keeps the app from starting, and says what to add', async () => {
      const prototype = writePrototype('unlisted', stack, dialect, access);
      await expect(start(prototype, node)).rejects.toThrow("'GET /health': 'user',");
    });

    test('is a line in the log in report mode, and nobody is refused', async () => {
      const prototype = writePrototype('report', stack, dialect, access);
      const app = await start(prototype, node, { AUTH_MODE: 'report' });
      if (stack !== 'node-http') await expect.poll(app.output).toContain("'GET /health': 'user',");
      const before = await start(writePrototype('naked', stack, dialect), node, quiet);
      for (const line of reads)
        expect([line, comparable(await ask(app, line))]).toEqual([line, comparable(await ask(before, line))]);
      expect((await ask(app, 'GET /live', { connection: 'upgrade', upgrade: 'echo' })).status).toBe(101);
      const forged = { cookie: 'guard-session=x', origin: 'https://evil.example', 'content-type': 'application/json' };
      expect((await ask(app, 'POST /api/notes', forged, '{}')).status).toBe(201);
      await expect.poll(app.output).toContain('"event":"authz_fail"');
      await expect.poll(app.output).toContain('"would_answer":401');
      await Promise.all([app.stop(), before.stop()]);
    });
  },
);

function frameworkHasLateRoutes(stack: Stack): boolean {
  return /^(?:express|koa)/.test(stack);
}

/** Stacks name files and lines, which are not the same in another folder. */
function comparable({ status, body, headers }: Heard): unknown[] {
  const type = headers['content-type'];
  return [status, type, headers.allow, body.replaceAll(/(?:<br>|\n) .*at .*$/gms, '')];
}
