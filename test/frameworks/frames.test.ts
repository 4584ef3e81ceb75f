import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { choices, type Framework } from '../../src/answers/answers.ts';

const installed = resolve('test/workbench/node_modules');

/** One request, and everything that the frame noticed of it. */
interface Noticed {
  readonly status: number;
  readonly text: string;
  readonly routes?: readonly string[];
  readonly locks: readonly string[];
  readonly entered?: boolean;
}

interface Observed {
  readonly routes: readonly string[];
  readonly answers: Readonly<Record<string, Noticed>>;
}

/** Starts the odd app of a framework behind its frame, on the Node of generated projects, and asks it these things. */
function observe(framework: Framework, lines: readonly string[]): Observed {
  const folder = mkdtempSync(join(tmpdir(), 'frame-'));
  try {
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'files', 'note.txt'), 'a file');
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    for (const part of ['all', framework])
      cpSync(`templates/frameworks/${part}/src/guardrails`, join(folder, 'guardrails'), { recursive: true });
    cpSync('test/frameworks/odd-apps/driver.ts', join(folder, 'driver.ts'));
    cpSync(`test/frameworks/odd-apps/${framework}.ts`, join(folder, 'odd-app.ts'));
    symlinkSync(installed, join(folder, 'node_modules'));
    const command = [join(folder, 'driver.ts'), ...lines];
    const output = execFileSync(join(installed, '.bin', 'node'), command, { cwd: folder, encoding: 'utf8' });
    return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Observed;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const json = (more: object): string => JSON.stringify({ 'content-type': 'application/json', ...more });

const asked = {
  plain: 'GET /plain',
  head: 'HEAD /plain',
  otherMethod: 'POST /plain',
  options: 'OPTIONS /plain',
  nested: 'GET /outer/inner/5',
  overlap: 'GET /both/one',
  any: 'DELETE /any',
  unknown: 'GET /nowhere',
  undecodable: 'GET /both/%zz',
  body: `POST /body ${json({ body: '{"a":1}' })}`,
  badJson: `POST /body ${json({ body: '{"a":' })}`,
  largeBody: `POST /body ${json({ body: JSON.stringify('a'.repeat(2000)) })}`,
  echo: `POST /echo ${json({ body: '{"a":1}' })}`,
  raw: 'GET /raw',
  rawHead: 'HEAD /raw',
  throws: 'GET /throws',
  layerFails: 'GET /plain {"x-fail":"1"}',
  stopped: 'GET /plain {"x-stop":"1"}',
  locked: 'GET /plain {"x-lock":"1"}',
  lockedNested: 'GET /outer/inner/5 {"x-lock":"1"}',
} as const;

const extra: Record<Framework, readonly string[]> = {
  hono: ['GET /own/fails', 'GET /base/here', 'GET /several', 'GET /files/note.txt', 'GET /files/note'],
  express: [
    'GET /twice/1',
    'GET /again/1',
    'GET /second',
    'POST /chained',
    'GET /files/note.txt',
    'GET /other/page',
    'GET /hidden {"x-lock":"1"}',
    'GET /PLAIN/',
    'GET /bot%68/one',
  ],
  fastify: ['PATCH /change', 'GET /slash', 'GET /slash/'],
};

const observed = Object.fromEntries(
  choices.framework.map((framework) => [framework, observe(framework, [...Object.values(asked), ...extra[framework]])]),
) as Record<Framework, Observed>;

describe.each(choices.framework)('the frame of %s', (framework) => {
  const { routes, answers } = observed[framework];
  const of = (what: keyof typeof asked): Noticed | undefined => answers[asked[what]];

  test('lists every route with its prefix, and no automatic ones', () => {
    const shared = [
      'GET /plain',
      'GET /both/:name',
      'GET /both/one',
      'GET /outer/inner/:id',
      'POST /body',
      'GET /throws',
    ];
    expect(routes).toEqual(expect.arrayContaining([...shared, 'POST /echo', 'GET /raw']));
    expect(routes.filter((route) => /^(HEAD|USE \/$|USE \/outer)/.test(route))).toEqual([]);
    expect(new Set(routes).size).toBe(routes.length);
  });

  test('says which routes match and locks the one that runs; HEAD counts as GET', () => {
    expect(of('plain')).toMatchObject({ status: 200, text: 'plain', routes: ['GET /plain'] });
    expect(new Set(of('plain')?.locks)).toEqual(new Set(['GET /plain']));
    expect(of('head')).toMatchObject({ status: 200, text: '', routes: ['GET /plain'] });
    expect(of('nested')).toMatchObject({ status: 200, text: 'inner 5' });
    expect(of('nested')?.routes?.[0]).toBe('GET /outer/inner/:id');
    expect(of('overlap')?.routes).toContain('GET /both/one');
    expect(of('any')?.text).toBe('any method');
  });

  test('says that nothing matches where nothing does', () => {
    for (const what of ['otherMethod', 'options', 'unknown'] as const) expect(of(what)?.routes, what).toEqual([]);
    expect(of('unknown')).toMatchObject({ status: 404, entered: true });
    expect(of('undecodable')?.entered).toBe(true);
    expect(of('undecodable')?.status).toBeLessThan(500);
  });

  test('keeps the context of the request after its body was read', () => {
    expect(of('body')).toMatchObject({ status: 200, text: 'the same call' });
  });

  test('hands errors on with their status, in the context of the request', () => {
    expect(of('throws')).toMatchObject({ status: 500, text: '{"message":"thrown","sameCall":true}' });
    expect(of('layerFails')).toMatchObject({
      status: 500,
      text: '{"message":"a layer fails","sameCall":true}',
      locks: [],
    });
    expect(of('largeBody')?.status).toBe(413);
    expect(of('badJson')?.text).toContain('JSON');
  });

  test('lets a layer or a lock end a request before its handler runs', () => {
    expect(of('stopped')).toMatchObject({ status: 429, entered: false, locks: [] });
    expect(of('locked')).toMatchObject({ status: 403, text: '{"title":"locked"}' });
    expect(of('lockedNested')).toMatchObject({ status: 403, text: '{"title":"locked"}' });
  });

  test('gives routes of the guards the untouched request and response', () => {
    expect(of('echo')).toMatchObject({ status: 200, text: '{"a":1}' });
    expect(of('raw')).toMatchObject({ status: 202, text: 'raw' });
    expect(of('rawHead')).toMatchObject({ status: 202, text: '' });
  });
});

test('Hono: base paths, routes of several handlers, apps with error handlers of their own, folders', () => {
  const { routes, answers } = observed.hono;
  expect(routes).toEqual(expect.arrayContaining(['ALL /any', 'GET /base/here', 'GET /several', 'GET /own/fails']));
  expect(answers['GET /own/fails']).toMatchObject({ status: 418, locks: ['GET /own/fails'] });
  expect(answers['GET /base/here']?.routes).toEqual(['GET /base/here']);
  expect(answers['GET /several']).toMatchObject({ text: 'several', routes: ['GET /several'] });
  expect(answers['GET /files/note.txt']?.routes).toEqual(['USE /files']);
});

test('Express: several paths, chains, folders, mounted apps, hidden routers, other spellings', () => {
  const { routes, answers } = observed.express;
  const named = [
    'ALL /any',
    'GET /twice/:id',
    'GET /again/:id',
    'GET /first',
    'GET /second',
    'GET /chained',
    'POST /chained',
  ];
  expect(routes).toEqual(expect.arrayContaining([...named, 'USE /files', 'USE /other']));
  expect(answers['GET /again/1']?.locks).toEqual(['GET /again/:id']);
  expect(answers['GET /second']).toMatchObject({ text: 'either', routes: ['GET /second'] });
  expect(answers['POST /chained']).toMatchObject({
    text: 'written',
    routes: ['POST /chained'],
    locks: ['POST /chained'],
  });
  expect(answers['GET /files/note.txt']?.routes).toEqual(['USE /files']);
  expect(answers['GET /other/page']?.routes).toEqual(['USE /other']);
  expect(answers['GET /hidden {"x-lock":"1"}']).toMatchObject({ status: 403, routes: [] });
  expect(answers['GET /PLAIN/']?.routes).toEqual(['GET /plain']);
  expect(answers['GET /bot%68/one']?.routes).toEqual(['GET /both/:name', 'GET /both/one']);
});

test('Fastify: several methods, both spellings of a prefix', () => {
  const { routes, answers } = observed.fastify;
  expect(routes).toEqual(expect.arrayContaining(['ALL /any', 'PUT /change', 'PATCH /change', 'GET /slash']));
  expect(answers['PATCH /change']).toMatchObject({ text: 'changed', locks: ['PATCH /change'] });
  expect(answers['GET /slash/']).toMatchObject({ text: 'either way', routes: ['GET /slash'] });
});
