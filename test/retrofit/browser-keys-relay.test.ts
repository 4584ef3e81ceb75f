import { readFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kit } from '../../src/dialect/kit.ts';
import { ask, cleanUp, start, type Prototype, type Started } from '../dialect/prototype.ts';
import { usersNode } from '../support/users-node.ts';
import { cases, invite, removeGuarded, signIn, writeGuarded } from './guarded.ts';

const key = ['made', 'up'].join('-');
const email = 'anna@example.com';
const access = { 'POST /chat/:room': "'user'", 'POST /try': "'user'", 'GET /free': "'user'" };

interface Seen {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const seen: Seen[] = [];
const provider: Server = createServer((req, res) => {
  let body = '';
  req.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
  req.on('end', () => {
    seen.push({ url: req.url ?? '', headers: req.headers, body });
    if (body.includes('bad key')) return res.writeHead(401).end(`Incorrect API key provided: ${key}`);
    if (body.includes('elsewhere')) return res.writeHead(302, { location: 'https://evil.example' }).end();
    if (body.includes('busy')) return res.writeHead(429, { 'retry-after': '7' }).end('{"error":"busy"}');
    res.writeHead(200, { 'content-type': 'text/event-stream', 'set-cookie': 'a=b', 'x-request-id': 'r1' });
    res.write('data: one\n\n');
    setTimeout(() => res.end('data: two\n\n'), 300);
  });
});

beforeAll(() => new Promise<void>((done) => provider.listen(0, '127.0.0.1', done)));
afterAll(() => {
  provider.close();
  cleanUp();
  removeGuarded();
});

function kitOf(): Omit<Kit, 'framework' | 'identity'> {
  const origin = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  return {
    parts: new Set(['auth', 'security', 'spending', 'relay']),
    access,
    spending: {
      'POST /guardrails/openai/v1/chat/completions': 'OpenAI',
      'POST /guardrails/gemini/v1beta/models/*': 'Google Gemini',
    },
    upstreams: [
      {
        name: 'openai',
        title: 'OpenAI',
        origin,
        paths: ['/v1/chat/completions'],
        setting: 'OPENAI_API_KEY',
        header: 'authorization',
        scheme: 'Bearer ',
      },
      {
        name: 'gemini',
        title: 'Google Gemini',
        origin,
        paths: ['/v1beta/models/*'],
        setting: 'GOOGLE_API_KEY',
        header: 'x-goog-api-key',
        scheme: '',
      },
    ],
  };
}

const chat = 'POST /guardrails/openai/v1/chat/completions';

describe.each(cases)('$stack, $dialect', (each) => {
  let prototype: Prototype;
  let app: Started;
  let session: Record<string, string>;

  beforeAll(async () => {
    const server = readFileSync(`test/retrofit/spending/${each.framework}.js`, 'utf8');
    prototype = writeGuarded({ ...each, name: 'relay', kit: kitOf(), server });
    invite(prototype, email);
    app = await start(prototype, usersNode, { OPENAI_API_KEY: key, BUDGET_PER_USER: '12' });
    session = { ...(await signIn(app, email)), 'content-type': 'application/json' };
  });
  afterAll(() => app.stop());

  test('strangers and other web sites get nothing passed on', async () => {
    const before = seen.length;
    expect((await ask(app, chat, { 'content-type': 'application/json' }, '{}')).status).toBe(401);
    expect((await ask(app, chat, { ...session, origin: 'https://evil.example' }, '{}')).status).toBe(403);
    expect((await ask(app, chat.replace('POST', 'GET'), session)).status).toBe(404);
    expect(seen.length).toBe(before);
  });

  test('who is signed in is answered by the service, which sees the key and nothing of the visitor', async () => {
    const { status, body, headers } = await ask(
      app,
      `${chat}?stream=1&key=x`,
      { ...session, authorization: 'Bearer kept on the server', 'x-forwarded-for': '1.2.3.4' },
      '{"say":"hello"}',
    );
    expect([status, body]).toEqual([200, 'data: one\n\ndata: two\n\n']);
    expect(headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-request-id': 'r1' });
    expect(headers).not.toHaveProperty('set-cookie');
    const { url, headers: asked, body: sent } = seen.at(-1)!;
    expect([url, sent]).toEqual(['/v1/chat/completions?stream=1', '{"say":"hello"}']);
    expect(asked).toMatchObject({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });
    for (const name of ['cookie', 'origin', 'x-forwarded-for', 'referer']) expect(asked).not.toHaveProperty(name);
  });

  test('what streams arrives while it streams', async () => {
    const times = await arrivals(app.port, session);
    expect(times.length).toBe(2);
    expect(times[1]! - times[0]!).toBeGreaterThan(150);
  });

  test('only what the list names, however it is written', async () => {
    const before = seen.length;
    const others = [
      '/guardrails/openai/v1/files',
      '/guardrails/openai/v1/chat/completions/../../files',
      '/guardrails/gemini/v1beta/models/../files',
      '/guardrails/gemini/v1beta/models/%2e%2e/files',
      '/guardrails/gemini/v1beta/models/@evil.example',
      '/guardrails/gemini//evil.example/v1beta/models/x',
      '/guardrails/openai',
    ];
    for (const path of others)
      expect([path, (await ask(app, `POST ${path}`, session, '{}')).status]).toEqual([
        path,
        expect.toSatisfy((status: number) => [404, 503].includes(status)),
      ]);
    expect(seen.length).toBe(before);
  });

  test('a service without a key, a refused key, a redirect and a full service', async () => {
    expect((await ask(app, 'POST /guardrails/gemini/v1beta/models/x:generateContent', session, '{}')).status).toBe(503);
    const refused = await ask(app, chat, session, '"bad key"');
    expect(refused.status).toBe(502);
    expect(refused.body + app.output()).not.toContain(key);
    expect((await ask(app, chat, session, '"elsewhere"')).status).toBe(502);
    const busy = await ask(app, chat, session, '"busy"');
    expect([busy.status, busy.headers['retry-after'], busy.body]).toEqual([429, '7', '{"error":"busy"}']);
  });

  test('report mode passes on for everybody, as the page did before', async () => {
    const watching = await start(prototype, usersNode, { OPENAI_API_KEY: key, AUTH_MODE: 'report' });
    expect((await ask(watching, chat, { 'content-type': 'application/json' }, '"busy"')).status).toBe(429);
    expect(seen.at(-1)!.headers).toMatchObject({ authorization: `Bearer ${key}` });
    await watching.stop();
  });

  test('it has a budget, as every route that costs money', async () => {
    const heard: number[] = [];
    for (let count = 0; count < 12; count++) heard.push((await ask(app, chat, session, '"busy"')).status);
    const last = await ask(app, chat, session, '{}');
    expect(JSON.parse(last.body)).toMatchObject({ status: 429, title: 'Your budget is spent for today' });
  });
});

/** When the pieces of an answer arrive, in milliseconds. */
function arrivals(port: number, headers: Record<string, string>): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    const path = '/guardrails/openai/v1/chat/completions';
    const sent = request({ host: '127.0.0.1', port, method: 'POST', path, headers }, (response) => {
      response.on('data', () => times.push(performance.now()));
      response.on('end', () => resolve(times));
    });
    sent.on('error', reject);
    sent.end('{}');
  });
}
