import { afterAll, describe, expect, test } from 'vitest';
import { resolve } from 'node:path';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { usersNode } from '../support/users-node.ts';
import { beforeAndAfter, bench, cleanUp, openCollector, run, type Runs } from './telemetry-app.ts';

const collector = await openCollector();
afterAll(() => {
  collector.close();
  cleanUp();
});

const newNode = resolve('test/workbench/node_modules/.bin/node');

/** How an app of each framework is written, with `import` and with `require`. */
const apps: Readonly<Record<string, { lent: Record<string, string>; imports: Record<string, string>; code: string }>> =
  {
    'express-4': {
      lent: { express: resolve('node_modules/express-4') },
      imports: { express: 'express' },
      code: express(),
    },
    'express-5': { lent: { express: bench('express') }, imports: { express: 'express' }, code: express() },
    fastify: {
      lent: { fastify: bench('fastify') },
      imports: { Fastify: 'fastify' },
      code: `const app = Fastify();
app.register(async (part) => { part.get('/people/:id', async () => call()); }, { prefix: '/teams/:team' });
app.get('/inner', async () => 'x');
const { server } = app;
app.listen({ port: 0, host: '127.0.0.1' }).then(ready);`,
    },
    hono: {
      lent: { hono: bench('hono'), '@hono/node-server': bench('@hono/node-server') },
      imports: { '{ Hono }': 'hono', '{ serve }': '@hono/node-server' },
      code: `const app = new Hono();
app.use('*', (c, next) => next());
const part = new Hono();
part.get('/people/:id', async (c) => c.text(await call()));
app.route('/teams/:team', part);
app.get('/inner', (c) => c.text('x'));
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ready);`,
    },
    koa: {
      lent: { koa: bench('koa'), '@koa/router': bench('@koa/router') },
      imports: { Koa: 'koa', Router: '@koa/router' },
      code: `const app = new Koa();
const part = new Router({ prefix: '/teams/:team' });
part.get('/people/:id', async (c) => { c.body = await call(); });
const inner = new Router();
inner.get('/inner', (c) => { c.body = 'x'; });
app.use(part.routes()).use(inner.routes());
const server = app.listen(0, '127.0.0.1', ready);`,
    },
  };

function express(): string {
  return `const app = express();
const part = express.Router();
part.get('/people/:id', async (req, res) => res.send(await call()));
app.use('/teams/:team', part);
app.get('/inner', (req, res) => res.send('x'));
const server = app.listen(0, '127.0.0.1', ready);`;
}

const common = `
function ready() { console.log('ready on ' + server.address().port); }
async function call() {
  const answer = await fetch('http://127.0.0.1:' + server.address().port + '/inner?key=hidden', { headers: { connection: 'close' } });
  return answer.text();
}
`;

function project(stack: string, ending: 'cjs' | 'mjs', more = '', start = `node server.${ending}`) {
  const { lent, imports, code } = apps[stack]!;
  const lines = Object.entries(imports).map(([name, from]) =>
    ending === 'cjs' ? `const ${name} = require('${from}');` : `import ${name} from '${from}';`,
  );
  const dependencies = Object.fromEntries(Object.values(imports).map((name) => [name, '*']));
  const files = {
    'package.json': `${JSON.stringify({ name: 'shop', scripts: { start }, dependencies }, null, 2)}\n`,
    [start.split(' ').at(-1) ?? '']: `${lines.join('\n')}\n${code}\n${common}\n${more}\n`,
  };
  return beforeAndAfter(files, lent);
}

function startOf(folder: string): string {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).scripts.start;
}

const asked = ['/teams/red%20a/people/7?token=hidden', '/nowhere/anna@example.com'];

async function both({ before, after }: { before: string; after: string }, runs: Runs) {
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const [old, silent] = await Promise.all([run(before, startOf(before), runs), run(after, startOf(after), runs)]);
  expect(collector.take().spans).toEqual([]);
  const traced = await run(after, startOf(after), { ...runs, environment });
  return { old, silent, traced, ...collector.take() };
}

const cases = Object.keys(apps).flatMap((stack) =>
  (['cjs', 'mjs'] as const).flatMap((ending) => [
    { stack, ending, node: usersNode, on: "the user's Node" },
    ...(newNode === usersNode || stack === 'express-4' || ending === 'cjs'
      ? []
      : [{ stack, ending, node: newNode, on: 'a new Node' }]),
  ]),
);

test.each(cases)(
  '$stack, $ending, on $on: spans with routes, and nothing else is new',
  { timeout: 30_000 },
  async ({ stack, ending, node }) => {
    const { old, silent, traced, spans, text } = await both(await project(stack, ending), { node, ask: asked });
    expect(old).toMatchObject({ statuses: [200, 404], code: null, signal: 'SIGTERM' });
    expect(silent).toEqual(old);
    expect(traced).toEqual(old);
    const servers = spans.filter(({ kind }) => kind === 2);
    expect(servers.map(({ name }) => name).toSorted()).toEqual(['GET', 'GET /inner', 'GET /teams/:team/people/:id']);
    const request = servers.find(({ name }) => name.endsWith(':id'));
    expect(request).toMatchObject({
      service: 'shop',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
      attributes: { 'http.route': '/teams/:team/people/:id', 'http.response.status_code': 200, 'url.scheme': 'http' },
    });
    // The call to itself is one trace with the request that made it.
    expect(spans.find(({ kind }) => kind === 3)).toMatchObject({ traceId: request?.traceId });
    expect(servers.find(({ name }) => name === 'GET /inner')).toMatchObject({ traceId: request?.traceId });
    expect(text).not.toMatch(/hidden|anna|example\.com/);
  },
);

/** What an error says, wherever the app lies. */
function withoutFolders(text: string): string {
  return text.replaceAll(/\/\S+\/(?=\d+\/|server)/g, '').replaceAll(/\b\d+\/server/g, 'server');
}

const endings: Readonly<Record<string, string>> = {
  'leaves at once': "process.on('SIGTERM', () => { console.log('bye'); process.exit(3); });",
  'closes first':
    "process.on('SIGTERM', async () => { await new Promise((done) => server.close(done)); process.exit(0); });",
  'just stops listening': "process.on('SIGTERM', () => server.close());",
  'hands the signal on':
    "process.once('SIGTERM', () => { console.log('once'); process.kill(process.pid, 'SIGTERM'); });",
  'counts those who listen':
    "process.on('SIGTERM', () => { console.log(process.listenerCount('SIGTERM')); process.exit(0); });",
  'falls over': "process.on('SIGTERM', () => { throw new Error('no'); });",
};

test.each(Object.entries(endings))(
  'an app that %s ends as before, and its last spans arrive',
  { timeout: 30_000 },
  async (_, code) => {
    const { old, silent, traced, spans } = await both(await project('express-5', 'cjs', code), {
      node: usersNode,
      ask: asked,
    });
    for (const after of [silent, traced]) {
      expect({ ...after, error: '' }).toEqual({ ...old, error: '' });
      expect(withoutFolders(after.error).split('\n')[0]).toBe(withoutFolders(old.error).split('\n')[0]);
    }
    expect(spans.map(({ name }) => name)).toContain('GET /teams/:team/people/:id');
  },
);

describe('settings', () => {
  const quiet = async (environment: Record<string, string>) => {
    const { after } = await project('fastify', 'mjs');
    const ended = await run(after, startOf(after), { node: usersNode, ask: asked, environment });
    return { ...ended, spans: collector.take().spans };
  };
  const address = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };

  test.each([
    { ...address, OTEL_SDK_DISABLED: 'true' },
    { ...address, OTEL_TRACES_EXPORTER: 'none' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
  ])('%j is silent', async (environment) => {
    expect(await quiet(environment)).toMatchObject({ spans: [], error: '', statuses: [200, 404] });
  });

  test('a collector that is not there costs one line', async () => {
    const { error, statuses, signal } = await quiet({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_BSP_SCHEDULE_DELAY: '10',
    });
    expect(error).toMatch(/^(?:telemetry does not reach 127\.0\.0\.1:1: .*\n)?$/);
    expect({ statuses, signal }).toEqual({ statuses: [200, 404], signal: 'SIGTERM' });
  });

  test('a name and attributes from outside count', async () => {
    const { spans } = await quiet({ ...address, OTEL_SERVICE_NAME: 'till', OTEL_TRACES_SAMPLER: 'always_on' });
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['till']));
  });

  test('.env counts where nothing is given from outside, and no other of its settings is touched', async () => {
    const { after } = await project('express-5', 'cjs', 'console.log(process.env.SHOP_COLOUR);');
    writeFileSync(`${after}/.env`, `SHOP_COLOUR=red\nOTEL_EXPORTER_OTLP_ENDPOINT=${collector.url}\n`);
    const { out } = await run(after, startOf(after), { node: usersNode, ask: asked });
    expect(out).toContain('undefined');
    expect(collector.take().spans).not.toEqual([]);
  });

  test('an app whose packages are not installed starts all the same', async () => {
    const { after } = await project('fastify', 'mjs');
    rmSync(`${after}/node_modules/@opentelemetry`);
    const ended = await run(after, startOf(after), { node: usersNode, ask: asked, environment: address });
    expect(ended.statuses).toEqual([200, 404]);
    expect(ended.error).toMatch(/^telemetry is off: .*\n/);
  });
});

test('TypeScript by tsx', { timeout: 30_000 }, async () => {
  const made = await project('hono', 'mjs', '', 'tsx server.mts');
  expect(startOf(made.after)).toBe('tsx --import ./guardrails/telemetry.mjs server.mts');
  const { old, traced, spans } = await both(made, { node: usersNode, ask: asked });
  expect({ ...traced, error: '' }).toEqual({ ...old, error: '' });
  expect(spans.map(({ name }) => name)).toContain('GET /teams/:team/people/:id');
});
