import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { answering, emptyFolder, environment, freePort, installPacked, shipshape, startScript } from './packed.ts';

/** `npm run test:matrix` takes all six; an ordinary test run takes one of each kind. */
const all = ['hono', 'fastify', 'express'].flatMap((framework) =>
  ['password', 'oidc'].map((auth) => ({ framework, auth })),
);
const usual = all.filter(
  ({ framework, auth }) => `${framework} ${auth}` === 'hono password' || `${framework} ${auth}` === 'fastify oidc',
);
const projects = process.env['SHIPSHAPE_MATRIX'] === 'full' ? all : usual;

let binary = '';
const folder = emptyFolder();

beforeAll(() => {
  binary = installPacked();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(projects)('$framework with $auth, from the packed tarball', ({ framework, auth }) => {
  const project = join(folder, `${framework}-${auth}`);

  test('create installs it, and its own check is green', { timeout: 400_000 }, () => {
    const words = [
      `${framework}-${auth}`,
      '--framework',
      framework,
      '--auth',
      auth,
      '--owner',
      '@acme/payments',
      '--yes',
      '--json',
    ];
    const { verification, commit } = JSON.parse(shipshape(binary, folder, ...words)) as {
      verification: { passed: boolean; tests: number };
      commit: string;
    };
    expect(verification).toMatchObject({ passed: true });
    expect(verification.tests).toBeGreaterThan(100);
    expect(commit).toMatch(/^[0-9a-f]{7,}$/);
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: project, encoding: 'utf8' })).toBe('');
  });

  test(
    'it starts, refuses a stranger, knows the signed-in, shows the trace and stops',
    { timeout: 60_000 },
    async () => {
      const collector = await collectSpans();
      const settings = {
        PORT: String(await freePort()),
        NODE_ENV: 'development',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_BSP_SCHEDULE_DELAY: '100',
      };
      const url = `http://127.0.0.1:${settings.PORT}`;
      const identity = await openSignIn(project, auth);
      const app = startScript(project, 'start', { ...settings, ...identity.settings });
      onTestFinished(async () => void (await Promise.all([app.stop(), identity.stop()])));
      await answering(`${url}/livez`, app);

      expect((await fetch(`${url}/expenses`)).status).toBe(401);
      const authorization = `Bearer ${await identity.token(url)}`;
      const claim = { amount: 12.5, currency: 'EUR', description: 'Train to Utrecht' };
      const made = await fetch(`${url}/expenses`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(claim),
      });
      expect(made.status).toBe(201);
      expect(await (await fetch(`${url}/expenses`, { headers: { authorization } })).json()).toMatchObject([claim]);
      expect((await fetch(`${url}/reports/total`, { headers: { authorization } })).status).toBe(200);

      await collector.has('POST /expenses');
      await app.stop();
      expect(app.output()).toMatch(/"method":"POST","route":"\/expenses"/);
      collector.server.close();
    },
  );
});

/** How Ana gets a token in this project. */
interface SignIn {
  readonly settings: Readonly<Record<string, string>>;
  token(url: string): Promise<string>;
  stop(): Promise<unknown>;
}

/** Own users: Ana is added. Company sign-in: the local issuer is started, on a port of its own. */
async function openSignIn(project: string, auth: string): Promise<SignIn> {
  if (auth === 'password') {
    addAna(project);
    return { settings: {}, token: signIn, stop: async () => undefined };
  }
  const settings = { OIDC_ISSUER: `http://127.0.0.1:${await freePort()}` };
  const issuer = startScript(project, 'dev:issuer', settings);
  await answering(`${settings.OIDC_ISSUER}/.well-known/openid-configuration`, issuer);
  const words = ['run', '--silent', 'dev:token', '--', '--user', 'ana', '--role', 'admin'];
  const token = async (): Promise<string> =>
    execFileSync('npm', words, { cwd: project, env: environment(settings), encoding: 'utf8' }).trim();
  return { settings, token, stop: issuer.stop };
}

/** The first user, made as the documents say; the password goes in by standard input. */
function addAna(project: string): void {
  const words = ['run', '--silent', 'user:add', '--', '--email', 'ana@example.com', '--role', 'admin'];
  const added = spawnSync('npm', words, {
    cwd: project,
    env: environment(),
    encoding: 'utf8',
    input: 'correct horse battery\n',
  });
  expect(added.stdout).toContain('Added ana@example.com');
}

async function signIn(url: string): Promise<string> {
  const body = JSON.stringify({ email: 'ana@example.com', password: 'correct horse battery' });
  const answer = await fetch(`${url}/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return ((await answer.json()) as { token: string }).token;
}

/** A collector on loopback that remembers the names of the spans it gets. */
async function collectSpans(): Promise<{ url: string; server: Server; has(name: string): Promise<void> }> {
  const names: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    if (request.url === '/v1/traces')
      for (const [, name = ''] of Buffer.concat(chunks)
        .toString()
        .matchAll(/"name":"([^"]+)"/g))
        names.push(name);
    response.end('{}');
  });
  const port = await freePort();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const has = async (name: string): Promise<void> => {
    for (const end = Date.now() + 10_000; Date.now() < end && !names.includes(name);)
      await new Promise((done) => setTimeout(done, 100));
    expect(names).toContain(name);
  };
  return { url: `http://127.0.0.1:${port}`, server, has };
}
