import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Server } from '../../../src/frameworks/server.ts';
import type { Repository } from '../../../src/repository/repository.ts';
import type { PlannedStep, RetrofitPlan } from '../../../src/retrofit/plan.ts';
import { allowedBy, rolesIn } from '../../../src/retrofit/prove/access-rule.ts';
import { settingsAskedFor } from '../../../src/retrofit/prove/named-settings.ts';
import { laterSnapshot, putBack, snapshotOf } from '../../../src/retrofit/prove/put-back.ts';
import { questionsFor, type Question } from '../../../src/retrofit/prove/question.ts';
import { applyInCopy } from '../../../src/retrofit/prove/settings-in-copy.ts';
import { shapeOf } from '../../../src/retrofit/prove/shape.ts';
import { suspectsIn } from '../../../src/retrofit/prove/suspects.ts';
import { lastLinesOf } from '../../../src/retrofit/prove/tail.ts';
import { unlistedIn } from '../../../src/retrofit/prove/unlisted.ts';

test('the shape of a value holds no value, and does not depend on the order', () => {
  expect(shapeOf({ b: [1, 'x', 2], a: null, c: [] })).toEqual({ a: 'null', b: ['number', 'string'], c: [] });
  expect(JSON.stringify(shapeOf([{ a: 1 }, { b: 1 }]))).toBe(JSON.stringify(shapeOf([{ b: 2 }, { a: 3 }])));
});

describe('whom the table lets in', () => {
  const table = new Map([
    ['GET /orders/:id', "'user'"],
    ['GET /health', "open('asked for by the load balancer')"],
    ['USE /', "anyOf('admin', 'staff')"],
    ['USE /images', "open('pictures')"],
    ['GET  /^\\/app/', "open('pages')"],
  ]);
  const asked = (key: string, about: Question['about'] = 'route'): string => {
    const [method = '', path = ''] = key.split(/\s+/);
    return allowedBy(table, { key, method, path, about, calls: true });
  };

  test.each([
    ['GET /orders/:orderId', 'route', 'signed-in'],
    ['GET /health', 'route', 'everybody'],
    ['GET /never-listed', 'route', 'signed-in'],
    ['GET /images/a.png', 'file', 'everybody'],
    ['GET /images/none', 'nothing', 'either'],
    ['GET /index.html', 'file', 'signed-in'],
    ['GET /^\\/app', 'route', 'everybody'],
  ] as const)('%s (%s): %s', (key, about, allowed) => expect(asked(key, about)).toBe(allowed));

  test('every role is known', () => expect(rolesIn(table)).toEqual(['admin', 'staff']));
});

test('what can be asked: patterns get an address, writes that cannot be stopped are not asked', () => {
  const server = { framework: 'express', routes: [], statics: [], channels: [] } as unknown as Server;
  const live = [
    ['GET', '/a/:id', true],
    ['ALL', '/^\\/app', false],
    ['GET', '/*', true],
    ['POST', '/a', true],
    ['POST', '/b', false],
    ['OPTIONS', '/a', true],
  ] as const;
  const routes = live.map(([method, path, stoppable]) => ({ framework: 'express', method, path, stoppable }));
  const access = new Map([
    ['UPGRADE /live', "'user'"],
    ['USE /socket.io', "'user'"],
    ['UPGRADE /socket.io', "'user'"],
  ]);
  const repository = { files: [] } as unknown as Repository;
  const { questions, unasked } = questionsFor(server, routes, { repository, level: 'usual', access });
  expect(questions.map(({ key, method, path }) => [key, `${method} ${path}`])).toEqual([
    ['GET /a/:id', 'GET /a/1'],
    ['ALL /^\\/app', 'GET /app'],
    ['GET /*', 'GET /any-address'],
    ['UPGRADE /live', 'GET /live'],
    ['USE /socket.io', 'GET /socket.io/?EIO=4&transport=polling'],
    ['UPGRADE /socket.io', 'GET /socket.io/?EIO=4&transport=websocket'],
    ['GET /', 'GET /'],
    ['GET /no/such/address/in/this/app', 'GET /no/such/address/in/this/app'],
    ['POST /a', 'POST /a'],
  ]);
  expect(unasked.map(({ key }) => key)).toEqual(['POST /b']);
});

test('settings that an app asks for by name', () => {
  expect(settingsAskedFor('Config validation error: "TIMEOUT" is required. "BASE_PATH" is required')).toEqual({
    TIMEOUT: '1000',
    BASE_PATH: 'dummy',
  });
  expect(settingsAskedFor('Error: missing environment variable: MAIL_HOST')).toEqual({ MAIL_HOST: '127.0.0.1' });
  expect(settingsAskedFor('TypeError: x is not a function')).toEqual({});
});

test('routes for which the guards do not let an app start', () => {
  const output = `Error: these routes have no entry in guardrails/access, so nobody could call them. Add:
  'USE /api-docs': 'user',
  'GET  /^\\\\/app/': 'user',
    at file:///x.mjs:1:2`;
  expect(unlistedIn(output)).toEqual(['USE /api-docs', 'GET  /^\\/app/']);
});

const step = (by: PlannedStep['by'], path: string): PlannedStep => ({ kind: 'create', by, path, after: '', why: '' });

test('whose file is named is suspected first; what does not run with the app last', () => {
  const steps = [
    step('wiring', 'server.js'),
    step('ci', '.github/workflows/ci.yml'),
    step('auth', 'guardrails/gate.mjs'),
    step('logs', 'guardrails/log.mjs'),
  ];
  const plan = { steps } as unknown as RetrofitPlan;
  expect(suspectsIn(plan, { evidence: 'Error at file:///tmp/x/guardrails/log.mjs:3' })).toEqual(['logs', 'auth', 'ci']);
});

describe('a folder', () => {
  let top = '';
  let folder = '';
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'prove-parts-'));
    folder = join(top, 'copy');
    for (const name of ['copy', 'original']) {
      mkdirSync(join(top, name, 'data'), { recursive: true });
      writeFileSync(join(top, name, 'data/a.json'), '[]');
      writeFileSync(join(top, name, 'b.txt'), 'b');
    }
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));
  const textAt = (path: string): string => readFileSync(join(folder, path), 'utf8');

  test('is put back to what it was, or to what a build has left', () => {
    const first = snapshotOf(folder, join(top, 'original'));
    writeFileSync(join(folder, 'built.js'), 'built');
    const built = laterSnapshot(folder, first, join(top, 'kept'));
    writeFileSync(join(folder, 'data/a.json'), '[1]');
    writeFileSync(join(folder, 'built.js'), 'other');
    rmSync(join(folder, 'b.txt'));
    writeFileSync(join(folder, 'new.txt'), 'x');
    putBack(folder, built);
    expect([textAt('data/a.json'), textAt('built.js'), textAt('b.txt')]).toEqual(['[]', 'built', 'b']);
    expect(() => textAt('new.txt')).toThrow();
    putBack(folder, first);
    expect(() => textAt('built.js')).toThrow();
  });

  test('gets of an environment file only the lines that a plan adds: the values of the project stay behind', () => {
    writeFileSync(join(folder, '.env'), 'PORT=1\nMODE=example\n');
    const steps: PlannedStep[] = [
      {
        kind: 'edit',
        by: 'secrets',
        path: '.env',
        why: '',
        before: 'REAL=value\n',
        after: 'REAL=value\nMODE=now\n',
        secret: true,
      },
      { kind: 'remove', by: 'secrets', path: 'b.txt', why: '', before: 'b' },
    ];
    applyInCopy(folder, { steps, left: [], kept: [], settings: [], budget: { packages: 0, megabytes: 0 } });
    expect(textAt('.env').split('\n').filter(Boolean)).toEqual(['PORT=1', 'MODE=now']);
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    expect(() => textAt('b.txt')).toThrow();
  });
});

test('the last lines of an output do not tell where the copy lies', () => {
  const line = `Error: no at file:///tmp/shipshape-boot-aB12/shop/guardrails/log.mjs:3 ('/tmp/shipshape-boot-aB12/shop/src')`;
  expect(lastLinesOf(line)).toBe(`Error: no at guardrails/log.mjs:3 ('src')`);
});
