// Shows that the running app tells no secret: not in its output, its traces or its answers, and not when it cannot start.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
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
  const app = start({ PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '20' });
  const port = await app.port();

  const own = Object.fromEntries(secretNames.map((name) => [name, process.env[name] ?? '']));
  const theirs = { token: plant(), cookie: plant(), password: plant(), query: plant(), broken: plant() };
  await fetch(`http://127.0.0.1:${port}/livez`);
  const answers = await Promise.all(
    requests(theirs, Object.values(own)).map(async ([path, options]) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, options);
      return JSON.stringify([...answer.headers]) + (await answer.text());
    }),
  );
  if (scripts.start.includes('telemetry.ts'))
    await expect.poll(() => sent.join(), { timeout: 15_000 }).toContain('livez');
  app.child.kill();
  const told = [await app.everything(), ...sent, ...answers].join('\n');
  collector.close();

  expect(told.length).toBeGreaterThan(100);
  for (const [name, value] of Object.entries({ ...own, ...theirs }))
    expect(told.includes(value), `${name} is told`).toBe(false);
}, 60_000);

test('an app that cannot start names what is wrong and shows no value', async () => {
  const wrong = Object.fromEntries(['PORT', ...secretNames].map((name) => [name, `x${plant().slice(0, 6)}`]));
  const app = start({ ...wrong, NODE_ENV: 'production' });
  const output = await app.everything();
  expect(app.child.exitCode).not.toBe(0);
  for (const [name, value] of Object.entries(wrong)) {
    expect(output).toContain(name);
    expect(output.includes(value), `the value of ${name} is told`).toBe(false);
  }
}, 60_000);

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

/** The app by its own start command, and what it prints. */
function start(environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'debug', ...environment };
  const child = spawn(process.execPath, scripts.start.split(' ').slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const port = (): Promise<string> =>
    vi.waitUntil(() => /Listening on \S+:(\d+)/.exec(printed)?.[1], { timeout: 30_000, interval: 20 });
  return { child, port, everything: async () => (await closed, printed) };
}

function plant(): string {
  return randomBytes(16).toString('hex');
}

async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
