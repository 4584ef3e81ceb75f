import { describe, expect, test } from 'vitest';
import telemetry from '../../src/guardrails/telemetry/retrofit.ts';
import { drafting, type Files } from './tests-scene.ts';

const server =
  "const express = require('express');\nconst app = express();\napp.get('/', (req, res) => res.send('x'));\n";
const listening = `${server}app.listen(3000);\n`;

function manifest(scripts: Readonly<Record<string, string>>, more: object = {}): string {
  return `${JSON.stringify({ name: 'shop', scripts, dependencies: { express: '^5.0.0' }, ...more }, null, 2)}\n`;
}

/** What becomes of a project. A second time nothing is left to do. */
async function drafted(files: Files, answers = {}): Promise<Awaited<ReturnType<typeof drafting>>> {
  const result = await drafting(files, telemetry, answers);
  const again = await drafting(result.files, telemetry, answers);
  expect(again.steps).toEqual([]);
  return result;
}

const plain: Files = { 'package.json': manifest({ start: 'node server.js' }), 'server.js': listening };

function scriptsOf(files: Files, path = 'package.json'): Readonly<Record<string, string>> {
  return JSON.parse((files[path] ?? '').replace(/^\uFEFF/, '')).scripts;
}

describe('what comes', () => {
  test('one file that the start loads, and what belongs to it', async () => {
    const { files, steps, settings, left } = await drafted(plain);
    expect(scriptsOf(files)).toEqual({ start: 'node --import ./guardrails/telemetry.cjs server.js' });
    expect(steps.filter(({ path }) => !path.startsWith('guardrails/')).map(({ path }) => path)).toEqual([
      'package.json',
      'package.json',
    ]);
    expect(settings.map(({ name }) => name)).toEqual(['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS']);
    expect(files['guardrails/telemetry/service-name.cjs']).toContain("serviceName = 'shop'");
    expect(left).toEqual([]);
  });

  test('six packages, and none of a framework', async () => {
    const { packages } = await drafted(plain);
    expect(packages.toSorted()).toEqual([
      '@opentelemetry/api',
      '@opentelemetry/context-async-hooks',
      '@opentelemetry/core',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace',
    ]);
  });

  test.each([
    ['express', 'mjs', "import express from 'express';\nconst app = express();\napp.listen(1);\n", 'baseUrl'],
    ['fastify', 'mjs', "import Fastify from 'fastify';\nconst app = Fastify();\napp.listen({ port: 1 });\n", 'addHook'],
    [
      'hono',
      'mjs',
      "import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nconst app = new Hono();\nserve(app);\n",
      'SmartRouter',
    ],
    ['koa', 'cjs', "const Koa = require('koa');\nconst app = new Koa();\napp.listen(1);\n", '_matchedRoute'],
    [
      'node-http',
      'cjs',
      "require('node:http').createServer((req, res) => res.end()).listen(1);\n",
      'chooses by itself',
    ],
  ])('%s names its routes', async (_, ending, text, sign) => {
    const { files } = await drafted({ 'package.json': manifest({ start: `node s.${ending}` }), [`s.${ending}`]: text });
    expect(files[`guardrails/telemetry/routes.${ending}`]).toContain(sign);
  });

  test('a compiler that reads JavaScript leaves it alone', async () => {
    const tsconfig = '{ "compilerOptions": { "allowJs": true, "outDir": "dist" } }';
    const { files } = await drafted({ ...plain, 'tsconfig.json': tsconfig });
    expect(JSON.parse(files['tsconfig.json'] ?? '').exclude).toEqual(['node_modules', 'dist', 'guardrails']);
  });

  test('every file begins with what it keeps true, and is short', async () => {
    const { steps } = await drafted(plain);
    for (const step of steps.filter(({ path }) => path.startsWith('guardrails/'))) {
      const text = String(step.kind === 'create' && step.after);
      expect(text).toMatch(/^\/\/ [A-Z].*\.$/m);
      expect(text.split('\n').length).toBeLessThan(95);
    }
  });
});

describe('whatever starts the app', () => {
  test.each<[string, string, string]>([
    ['Dockerfile', 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]', '"--import", "./guardrails/telemetry.cjs"'],
    ['Procfile', 'web: node server.js\r\n', 'node --import ./guardrails/telemetry.cjs server.js\r\n'],
    ['ecosystem.config.js', "module.exports = { apps: [{ script: 'server.js' }] };\n", 'node_args: '],
    ['nodemon.json', '{ "exec": "node server.js" }', 'node --import ./guardrails/telemetry.cjs'],
    ['docker-compose.yml', 'services:\n  web:\n    command: ["node", "server.js"]\n', '"--import", "./guardrails'],
    [
      'compose.yaml',
      'services:\n  web:\n    command: node server.js\n',
      'node --import ./guardrails/telemetry.cjs server.js',
    ],
    ['render.yaml', 'services:\n  - startCommand: node server.js\n', 'node --import ./guardrails'],
    ['fly.toml', "[processes]\n  app = 'node server.js'\n", "'node --import ./guardrails/telemetry.cjs server.js'"],
    ['shop.service', '[Service]\nExecStart=/usr/bin/node server.js\n', 'node --import ./guardrails'],
  ])('%s', async (name, before, holds) => {
    const { files } = await drafted({ ...plain, [name]: before });
    expect(files[name]).toContain(holds);
    // What was there is still there, in its order.
    let at = 0;
    for (const character of before) at = (files[name] ?? '').indexOf(character, at) + 1;
    expect(at).toBeGreaterThan(0);
  });

  test('not what starts something else', async () => {
    const scripts = { start: 'node server.js', worker: 'node worker.js', test: 'node server.js', seed: 'node seed.js' };
    const { files } = await drafted({
      ...plain,
      'package.json': manifest(scripts),
      'worker.js': 'setInterval(() => {}, 9);\n',
    });
    expect(scriptsOf(files)).toEqual({ ...scripts, start: 'node --import ./guardrails/telemetry.cjs server.js' });
  });

  test('from the folder around it too', async () => {
    const { files } = await drafted(
      {
        'package.json': '{ "scripts": { "api": "cd backend && node server.js", "start": "node backend/server.js" } }',
        Procfile: 'web: node backend/server.js',
        'backend/package.json': manifest({ dev: 'nodemon server.js' }),
        'backend/server.js': listening,
        'backend/Dockerfile': 'FROM node:22\nWORKDIR /app\nCOPY package.json server.js ./\nCMD ["node", "server.js"]\n',
      },
      { app: 'backend' },
    );
    expect(scriptsOf(files)).toEqual({
      api: 'cd backend && node --import ./guardrails/telemetry.cjs server.js',
      start: 'node --import ./backend/guardrails/telemetry.cjs backend/server.js',
    });
    expect(files['Procfile']).toBe('web: node --import ./backend/guardrails/telemetry.cjs backend/server.js');
    expect(scriptsOf(files, 'backend/package.json')['dev']).toBe(
      'nodemon --import=./guardrails/telemetry.cjs server.js',
    );
    expect(files['backend/Dockerfile']).toContain('server.js ./\nCOPY guardrails ./guardrails\n');
  });

  test('an image that is built around the app', async () => {
    const { files } = await drafted(
      {
        'backend/package.json': manifest({ start: 'node server.js' }),
        'backend/server.js': listening,
        Dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY backend/package.json ./\nCOPY backend/server.js ./\nCMD ["node", "server.js"]\n',
      },
      { app: 'backend' },
    );
    expect(files['Dockerfile']).toContain(
      'COPY backend/guardrails ./guardrails\nCMD ["node", "--import", "./guardrails/',
    );
  });

  test('an app that asks for its parent sees none', async () => {
    const text = `${server}if (module.parent === null) app.listen(3000);\n`;
    const { files } = await drafted({ ...plain, 'server.js': text });
    expect(scriptsOf(files)['start']).toBe('node -r ./guardrails/telemetry.cjs server.js');
  });

  test('where nothing starts the server, a script does', async () => {
    const { files } = await drafted({ ...plain, 'package.json': manifest({ start: 'react-scripts start' }) });
    expect(scriptsOf(files)).toEqual({
      start: 'react-scripts start',
      'start:server': 'node --import ./guardrails/telemetry.cjs server.js',
    });
    const bare = await drafted({ 'server.js': listening });
    expect(scriptsOf(bare.files)).toEqual({ start: 'node --import ./guardrails/telemetry.cjs server.js' });
  });

  test('a bundle that hides its routes is told', async () => {
    const text = "import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nserve(new Hono());\n";
    const scripts = { build: 'esbuild s.ts --bundle --platform=node --outfile=dist/s.js', start: 'node dist/s.js' };
    const { left } = await drafted({ 'package.json': manifest(scripts), 's.ts': text });
    expect(left.flatMap((one) => one.lines)).toEqual(['--packages=external']);
    const outside = { ...scripts, build: `${scripts.build} --packages=external` };
    expect((await drafted({ 'package.json': manifest(outside), 's.ts': text })).left).toEqual([]);
  });

  test('what cannot be edited is told', async () => {
    const { left, files } = await drafted({ ...plain, 'package.json': manifest({ start: 'forever server.js' }) });
    expect(left).toContainEqual(
      expect.objectContaining({ where: { path: 'package.json' }, lines: ['--import ./guardrails/telemetry.cjs'] }),
    );
    expect(files).toHaveProperty(['guardrails/telemetry.cjs']);
  });
});

/** The lines of a text without what was added to them. */
function lines(text: string): string[] {
  return text
    .split(/(?<=\n)/)
    .filter((line) => !line.includes('@opentelemetry/'))
    .map((line) => line.replace(' --import ./guardrails/telemetry.cjs', '').replace(/,(?=\r?\n?$)/, ''));
}

describe('bytes that are not ours', () => {
  const texts: readonly (readonly [string, (text: string) => string])[] = [
    ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['tabs', (text) => text.replaceAll(/^( {2})+/gm, (indent) => '\t'.repeat(indent.length / 2))],
    ['four spaces', (text) => text.replaceAll(/^ +/gm, (indent) => indent + indent)],
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['no final newline', (text) => text.trimEnd()],
  ];
  test.each(texts)('%s', async (_, made) => {
    const before = made(plain['package.json'] ?? '');
    const { files } = await drafted({ ...plain, 'package.json': before, Procfile: made('web: node server.js\n') });
    expect(lines(files['package.json'] ?? '')).toEqual(lines(before));
    expect(lines(files['Procfile'] ?? '')).toEqual(lines(made('web: node server.js\n')));
  });
});

const next = (version: string, more: Files = {}): Files => ({
  'package.json': manifest({ start: 'next start' }, { dependencies: { next: version, '@types/node': '24.0.0' } }),
  'app/page.tsx': 'export default function Page() {\n  return <p>hello</p>;\n}\n',
  'app/api/items/route.ts': 'export function GET() {\n  return Response.json([]);\n}\n',
  ...more,
});
const config = (inside: string): string => `const nextConfig = {${inside}};\n\nmodule.exports = nextConfig;\n`;

describe('Next.js', () => {
  test('starts it by its instrumentation file, and describes its requests itself', async () => {
    const { files, left } = await drafted(next('16.0.0'));
    expect(files['instrumentation.ts']).toContain('guardrails/telemetry.mjs');
    expect(files['guardrails/telemetry/requests.mjs']).toContain('export function traceRequests() {}');
    expect(scriptsOf(files)).toEqual({ start: 'next start' });
    expect(left).toEqual([]);
  });

  test('beside its pages', async () => {
    const { files } = await drafted(next('15.1.0', { 'src/app/page.tsx': 'export default () => <p />;\n' }));
    expect(files).toHaveProperty(['src/instrumentation.ts']);
  });

  test.each([
    ['', ' experimental: { instrumentationHook: true } '],
    ['\r\n  a: 1,\r\n', '\r\n  experimental: { instrumentationHook: true },\r\n  a: 1,\r\n'],
    [
      '\n\texperimental: {\n\t\tb: 1,\n\t},\n',
      '\n\texperimental: {\n\t\tinstrumentationHook: true,\n\t\tb: 1,\n\t},\n',
    ],
    [' experimental: { instrumentationHook: true } ', ' experimental: { instrumentationHook: true } '],
  ])('before 15 it is told to: {%j}', async (before, after) => {
    const { files, left } = await drafted(next('14.2.3', { 'next.config.js': config(before) }));
    expect(files['next.config.js']).toBe(config(after));
    expect(left).toEqual([]);
  });

  test('what stands there, what runs on the edge and what is too old is told', async () => {
    const edge = "export const runtime = 'edge';\nexport function GET() {\n  return new Response('x');\n}\n";
    const own = 'export function register() {}\n';
    const { left, files } = await drafted(next('16.0.0', { 'instrumentation.ts': own, 'app/edge/route.ts': edge }));
    expect(files['instrumentation.ts']).toBe(own);
    expect(left.map(({ where }) => where.path)).toEqual(['instrumentation.ts', 'app/edge/route.ts']);
    expect(await drafted(next('12.3.4'))).toMatchObject({ steps: [], left: [{}] });
  });
});

describe('what traces already', () => {
  test.each([
    ['Sentry', { 'server.js': `require('@sentry/node').init({});\n${listening}` }],
    ['Datadog', { 'package.json': manifest({ start: 'node -r dd-trace/init server.js' }) }],
    ['New Relic', { 'server.js': `require('newrelic');\n${listening}` }],
    [
      'its own SDK',
      {
        'tracing.js':
          "const { NodeSDK } = require('@opentelemetry/sdk-node');\nnew NodeSDK({ serviceName: 'x' }).start();\n",
        'server.js': `require('./tracing');\n${listening}`,
      },
    ],
  ])('%s stays, alone', async (_, files: Files) => {
    const { steps, kept } = await drafted({ ...plain, ...files });
    expect(steps).toEqual([]);
    expect(kept).toHaveLength(1);
  });

  test('what is set up and never loaded is told', async () => {
    const { steps, left } = await drafted({
      ...plain,
      'tracing.js':
        "const { NodeSDK } = require('@opentelemetry/sdk-node');\nnew NodeSDK({ serviceName: 'x' }).start();\n",
    });
    expect(steps).toEqual([]);
    expect(left).toContainEqual(expect.objectContaining({ lines: ['node --import ./tracing.js'] }));
  });
});

describe('where nothing of ours can run', () => {
  test.each<[string, Files]>([
    ['Bun', { ...plain, 'package.json': manifest({ start: 'bun server.js' }) }],
    [
      'functions of a platform',
      { ...plain, 'package.json': manifest({}), 'server.js': `${server}module.exports = app;\n`, 'vercel.json': '{}' },
    ],
  ])('%s', async (_, files) => {
    const { steps, left } = await drafted(files);
    expect(steps).toEqual([]);
    expect(left).toHaveLength(1);
  });

  test('an old Node.js', async () => {
    const Dockerfile = 'FROM node:16\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n';
    const { files } = await drafted({ ...plain, Dockerfile });
    expect(files['Dockerfile']).toContain('CMD ["node", "-r", "./guardrails/telemetry.cjs", "server.js"]');
    const module = { 'server.mjs': "import express from 'express';\nexpress().listen(1);\n" };
    const text = manifest({ start: 'node server.mjs' }, { engines: { node: '14.x' } });
    expect(await drafted({ 'package.json': text, ...module })).toMatchObject({ steps: [], left: [{}] });
  });

  test.each<[string, Files]>([
    ['Yarn 1', { 'yarn.lock': '# yarn lockfile v1\n' }],
    ['engine-strict', { '.npmrc': 'engine-strict=true\n' }],
  ])('%s would not install it on this Node.js', async (sign, more) => {
    const { steps, left } = await drafted({ ...plain, ...more });
    expect(steps).toEqual([]);
    expect(left[0]?.why).toContain(sign);
  });

  test('a worker has no requests', async () => {
    const { steps, left } = await drafted({
      'package.json': manifest({ start: 'node a.js' }),
      'a.js': 'setInterval(() => {}, 9);\n',
    });
    expect([steps, left]).toEqual([[], []]);
  });
});
