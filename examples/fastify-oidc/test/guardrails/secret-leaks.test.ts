// Shows that the running app tells no secret: not in its output, its traces or its answers, and not when it cannot start.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Setting } from '../../src/guardrails/setting.ts';
import { settings } from '../../src/guardrails/settings.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
const secretNames = Object.entries<Setting>(settings).flatMap(([name, { kind }]) => (kind === 'secret' ? [name] : []));

test('requests that carry secrets leave none of them in output, traces or answers', async () => {
  const sent: string[] = [];
  const collector = createServer(
    (request, response) => void text(request).then((body) => sent.push(body) && response.end('{}')),
  );
  const endpoint = await listening(collector);
  const port = await freePort();
  const app = start({ PORT: String(port), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '20' });
  const output = everything(app);

  const own = Object.fromEntries(secretNames.map((name) => [name, process.env[name] ?? '']));
  const theirs = { token: plant(), cookie: plant(), password: plant(), query: plant(), broken: plant() };
  await expect.poll(() => fetch(`http://127.0.0.1:${port}/livez`), { timeout: 10_000 }).toBeDefined();
  const answers = await Promise.all(
    requests(theirs, Object.values(own)).map(async ([path, options]) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, options);
      return JSON.stringify([...answer.headers]) + (await answer.text());
    }),
  );
  if (scripts.start.includes('telemetry.ts'))
    await expect.poll(() => sent.join(), { timeout: 5_000 }).toContain('livez');
  app.kill();
  const told = [await output, ...sent, ...answers].join('\n');
  collector.close();

  expect(told.length).toBeGreaterThan(100);
  for (const [name, value] of Object.entries({ ...own, ...theirs }))
    expect(told.includes(value), `${name} is told`).toBe(false);
}, 25_000);

test('an app that cannot start names what is wrong and shows no value', async () => {
  const wrong = Object.fromEntries(['PORT', ...secretNames].map((name) => [name, `x${plant().slice(0, 6)}`]));
  const app = start({ ...wrong, NODE_ENV: 'production' });
  const output = await everything(app);
  expect(app.exitCode).not.toBe(0);
  for (const [name, value] of Object.entries(wrong)) {
    expect(output).toContain(name);
    expect(output.includes(value), `the value of ${name} is told`).toBe(false);
  }
}, 15_000);

/** Requests that carry a secret where people put them, and where they should not. */
function requests(
  theirs: Readonly<Record<string, string>>,
  own: readonly string[],
): (readonly [string, RequestInit])[] {
  const { token, cookie, password, query, broken } = theirs;
  const json = { 'content-type': 'application/json' };
  const login = JSON.stringify({ email: 'somebody@example.com', password });
  return [
    [`/nowhere?access_token=${query}`, { headers: { authorization: `Bearer ${token}`, 'x-api-key': token ?? '' } }],
    ['/nowhere', { headers: { cookie: `session=${cookie}; __Host-session=${cookie}` } }],
    ['/auth/sign-in', { method: 'POST', headers: json, body: login }],
    ['/auth/sign-in', { method: 'POST', headers: json, body: `{"password": "${broken}` }],
    ...own.map((value) => [`/nowhere/${encodeURIComponent(value)}`, { headers: { referer: value } }] as const),
  ];
}

function start(environment: Readonly<Record<string, string>>): ChildProcess {
  const env = { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'debug', ...environment };
  return spawn(process.execPath, scripts.start.split(' ').slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** All that a program has printed, once it has ended. */
async function everything(child: ChildProcess): Promise<string> {
  const printed = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  await once(child, 'exit');
  return (await printed).join('');
}

function plant(): string {
  return randomBytes(16).toString('hex');
}

async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await listening(server);
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
