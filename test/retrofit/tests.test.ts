import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import tests, { recordedFiles } from '../../src/guardrails/tests/retrofit.ts';
import { cleanUp, runTests, tested } from './tests-prototype.ts';
import { drafting, sceneOf, type Files } from './tests-scene.ts';

afterAll(cleanUp);

describe('the guard tests of an app', () => {
  let files: Files;
  beforeAll(async () => {
    files = await tested('password');
  });

  test('pass where a sign-in service issues tokens', async () => {
    const { status, output } = runTests(await tested('oidc'));
    expect([status, output]).toEqual([0, output]);
  });

  test('pass where users are kept in a database', async () => {
    const newNode = resolve('test/workbench/node_modules/.bin/node');
    const { status, output } = runTests(await tested('better-auth'), {}, newNode);
    expect([status, output]).toEqual([0, output]);
  });

  test('pass, quickly, and write nothing', () => {
    const started = performance.now();
    const { status, output, folder } = runTests(files);
    expect(output).toContain('GET /orders/:id');
    expect([status, output]).toEqual([0, output]);
    expect(existsSync(join(folder, 'written'))).toBe(false);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test.each(faults)('%s turns them red, and no stranger writes', (_name, path, from, to) => {
    const text = files[path] ?? '';
    expect(text).toMatch(from);
    const { status, output, folder } = runTests({ ...files, [path]: text.replace(from, to) });
    expect([status, output]).toEqual([1, output]);
    expect(existsSync(join(folder, 'written'))).toBe(false);
  });

  test('say which settings are missing where the app does not start', () => {
    const needy = `if (!process.env.DATABASE_URL) throw new Error('no database');\n${files['server.js']}`;
    const { status, output } = runTests({ ...files, 'server.js': needy, '.env.example': 'DATABASE_URL=\n' });
    expect(status).toBe(1);
    expect(output).toContain('Settings that it may need and that are not set here: DATABASE_URL');
    expect(output).toContain('no database');
  });

  test('make up what the guards and the example of the settings ask for', () => {
    const needy = `if (!process.env.STRIPE_SECRET_KEY) throw new Error('no key');\n${files['server.js']}`;
    expect(runTests({ ...files, 'server.js': needy, '.env.example': 'STRIPE_SECRET_KEY=\n' }).status).toBe(0);
  });

  test('ask the server of the app, and none that stands beside it', () => {
    const beside = "require('node:http').createServer((req, res) => res.writeHead(426).end()).listen(0);\n";
    const two = (files['server.js'] ?? '').replace('process.env.PORT || 3000', '43118');
    const { status, output } = runTests({ ...files, 'server.js': beside + two });
    expect([status, output]).toEqual([0, output]);
  });

  test('take the port that an app insists on', () => {
    const own = (files['server.js'] ?? '').replace('process.env.PORT || 3000', '43117');
    expect(runTests({ ...files, 'server.js': own }).status).toBe(0);
  });
});

const faults: readonly (readonly [string, string, RegExp, string])[] = [
  ['an app without its guards', 'server.js', /^guard\(app\);$/m, ''],
  [
    'a route that is opened by a wildcard',
    'guardrails/access.cjs',
    /^ {2}'GET \/admin'/m,
    "  'GET /*': open('x'),\n$&",
  ],
  ['a gate that is gone', 'guardrails/gate.cjs', /[^]*/, ''],
  ['a gate that lets everybody pass', 'guardrails/access-rules.cjs', /return 'sign in'/, "return 'pass'"],
  ['a route without an entry', 'guardrails/access.cjs', /^ {2}'GET \/admin'.*\n/m, ''],
];

describe('what the app answered before', () => {
  const orders = {
    key: 'GET /orders',
    method: 'GET',
    path: '/orders',
    status: 200,
    type: 'application/json',
    shape: [{ id: 'number', price: 'number', note: 'string' }],
  } as const;
  const recorded = async (changed: object) => {
    const files = await tested('password');
    const [step] = recordedFiles(sceneOf(files), [{ ...orders, ...changed }]);
    return { ...files, ...(step?.kind === 'create' && { [step.path]: String(step.after) }) };
  };

  test('is asked again, and fits', async () => {
    const { status, output } = runTests(await recorded({}));
    expect([status, output]).toEqual([0, output]);
    expect(output).toContain('what the app answered');
  });

  test.each([
    ['status', { status: 201 }],
    ['type', { type: 'text/html' }],
    ['shape', { shape: [{ id: 'number', total: 'number' }] }],
    ['type of a value', { shape: [{ id: 'string' }] }],
  ])('with another %s is noticed', async (_name, changed) => {
    expect(runTests(await recorded(changed)).status).toBe(1);
  });

  test('is not kept where it would write, has failed, or speaks of a record that was not there', () => {
    const all = [
      { ...orders, key: 'POST /orders', method: 'POST' },
      { ...orders, status: 500 },
      { ...orders, key: 'GET /orders/:id', path: '/orders/1', status: 404 },
    ];
    expect(recordedFiles(sceneOf({}), all)).toEqual([]);
  });
});

describe('into a project', () => {
  const app = { 'server.js': "const app = require('express')();\napp.listen(3000);\n" };
  const withScripts = (scripts: object, more: Files = {}): Files => ({
    ...app,
    'package.json': `${JSON.stringify({ name: 'sample', scripts }, null, '\t')}\r\n`,
    ...more,
  });
  const jest = "test('one', () => expect(require('../server')).toBeDefined());\n";

  test.each<[string, Files, Record<string, RegExp>]>([
    [
      'without tests the script `test` is added',
      withScripts({ start: 'node server.js' }),
      {
        'package.json': /\t\t"test": "node --test"/,
        'guardrails/tests/run-app.mjs': /const starts = \['node server.js'\];/,
      },
    ],
    [
      "with npm's placeholder it is replaced",
      withScripts({ test: 'echo "Error: no test specified" && exit 1' }),
      { 'package.json': /"test": "node --test"/ },
    ],
    [
      'whose other files look like tests only ours are run',
      withScripts({}, { 'test.js': 'callEverybody();\n' }),
      { 'package.json': /"test": "node --test guardrails\/tests\/guards.test.mjs"/ },
    ],
    [
      'with jest a test stands beside the others',
      withScripts({ test: 'jest' }, { 'tests/orders.test.js': jest }),
      { 'tests/guards.test.js': /require\('node:child_process'\);\n\ntest\(/, 'guardrails/tests/guards.mjs': /./ },
    ],
    [
      'with vitest it is imported',
      withScripts(
        { test: 'vitest run' },
        { 'src/a.spec.ts': "import { test } from 'vitest';\ntest('a', () => {});\n" },
      ),
      { 'src/guards.spec.ts': /import \{ test \} from 'vitest';/ },
    ],
    [
      'with mocha it has its time',
      withScripts(
        { test: './node_modules/mocha/bin/_mocha ./test/**/*.test.js' },
        { 'test/a/b.test.js': "it('a', () => {});\n" },
      ),
      { 'test/a/guards.test.js': /it\('.*\n.*\n.*\n\}\)\.timeout\(120_000\);/ },
    ],
    [
      'with node --test and a folder it is imported there',
      withScripts(
        { test: 'node --test spec/*.test.mjs' },
        { 'spec/a.test.mjs': "import { test } from 'node:test';\ntest('a', () => {});\n" },
      ),
      { 'spec/guards.test.mjs': /import '\.\.\/guardrails\/tests\/guards\.mjs';/ },
    ],
    [
      'with AVA it is told to leave the others alone',
      withScripts({ test: 'ava' }, { 'test/a.js': "import test from 'ava';\ntest('a', (t) => t.pass());\n" }),
      {
        'test/guards.js': /import test from 'ava';\n\ntest\(/,
        'package.json': /"files": \[\s*"!guardrails\/\*\*"\s*\]/,
      },
    ],
    [
      'whose tests are those of its pages there is a script of its own',
      withScripts({ test: 'react-scripts test' }),
      { 'package.json': /"test:guards": "node --test guardrails\/tests\/guards\.mjs"/ },
    ],
  ])('%s', async (_name, files, expected) => {
    const { files: made } = await drafting(files, tests);
    for (const [path, pattern] of Object.entries(expected)) expect(made[path]).toMatch(pattern);
    const again = await drafting(made, tests);
    expect(again.steps).toEqual([]);
  });

  test('its own tests are kept, and that is said', async () => {
    const files = withScripts({ test: 'jest' }, { 'tests/orders.test.js': jest });
    const { kept } = await drafting(files, tests);
    expect(kept).toEqual([
      { by: 'tests', what: 'its own tests stay, and run with jest as before', where: { path: 'tests/orders.test.js' } },
    ]);
  });

  test('without a server nothing is pretended', async () => {
    const { steps, left } = await drafting({ 'package.json': '{}', 'bot.js': 'work();\n' }, tests);
    expect(steps).toEqual([]);
    expect(left[0]?.why).toContain('no server');
  });
});
