import { afterAll, describe, expect, test } from 'vitest';
import { guardFiles, guardFilesIn, environmentFile, type Kit } from '../../src/dialect/kit.ts';
import { allParts, partOf, type Part } from '../../src/dialect/parts.ts';
import { accessFile, openRule } from '../../src/dialect/access-file.ts';
import { inputs } from '../support/answers.ts';
import { usersNode } from '../support/users-node.ts';
import { access as everyRoute } from './sign-in.ts';
import { addUser, ask, cleanUp, start, writePrototype, type Stack } from './prototype.ts';

afterAll(cleanUp);

const stacks: readonly Stack[] = ['express-5', 'express-4', 'fastify', 'hono'];
const partSets = Array.from({ length: 15 }, (_, at) => setAt(at + 1));
const access = {
  'GET /': "'user'",
  'GET /health': "open('asked for by the load balancer')",
};

function setAt(number: number): ReadonlySet<Part> {
  return new Set([...allParts].filter((_, at) => number & (1 << at)));
}

function kitOf(
  parts: ReadonlySet<Part>,
  framework: Kit['framework'] = 'express',
  identity: Kit['identity'] = 'password',
): Kit {
  return { framework, parts, identity, signUp: 'invite', has: { cors: true }, access };
}

describe.each(['express', 'fastify', 'hono'] as const)('%s', (framework) => {
  test.each(['password', 'better-auth', 'oidc'] as const)(
    '%s: adding a part changes only what belongs to it',
    (identity) => {
      for (const parts of [new Set<Part>(), ...partSets])
        for (const more of [...allParts].filter((part) => !parts.has(part))) {
          const before = guardFiles(kitOf(parts, framework, identity), inputs.templates);
          const after = guardFiles(kitOf(new Set([...parts, more]), framework, identity), inputs.templates);
          const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
          expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);
          for (const path of changed)
            expect([path, ['wiring', more].includes(partOf(path)) || path === 'access.ts']).toEqual([path, true]);
          for (const path of changed.filter((each) => before.has(each)))
            expect(['index.ts', 'settings.ts', 'access.ts']).toContain(path);
        }
    },
  );

  test('a file belongs to the one part that needs it, and to wiring when several do', () => {
    for (const identity of ['password', 'better-auth', 'oidc'] as const) {
      const alone = [...allParts].map((part) => ({
        part,
        files: guardFiles(kitOf(new Set([part]), framework, identity), inputs.templates),
      }));
      for (const path of guardFiles(kitOf(allParts, framework, identity), inputs.templates).keys()) {
        const by = alone.filter(({ files }) => files.has(path)).map(({ part }) => part);
        expect([path, partOf(path)]).toEqual([path, by.length === 1 ? by[0] : 'wiring']);
      }
    }
  });
});

test('without parts there is the frame alone, and without auth nothing of it', () => {
  const frame = [...guardFilesIn('mjs', kitOf(new Set()), inputs.templates).keys()];
  expect(frame).toContain('index.mjs');
  expect(frame.filter((path) => !path.includes('.d.') && partOf(path) !== 'wiring')).toEqual([]);
  const files = guardFilesIn('mjs', kitOf(new Set(['operability', 'logs', 'security'])), inputs.templates);
  expect([...files.keys()].filter((path) => /access|gate|lock|sign-in|people|session/.test(path))).toEqual([]);
  expect([...files.values()].join('\n')).not.toContain('AUTH_');
  expect([...files.values()].join('\n')).not.toContain('currentUser():');
});

test('an app without a server needs one file', () => {
  expect(environmentFile('cjs', inputs.templates)).toMatchInlineSnapshot(`
    "// Reads .env before anything asks for a setting: what a laptop keeps there, a server is given from outside, and that holds.
    'use strict';

    const { existsSync } = require('node:fs');
    const { join } = require('node:path');

    const besideTheApp = join(__dirname ?? '', '..', '.env'); // for an app that is started from another folder

    if (existsSync('.env')) process.loadEnvFile('.env');
    else if (existsSync(besideTheApp)) process.loadEnvFile(besideTheApp);
    "
  `);
});

test('reasons and addresses have any characters', async () => {
  const reasons = ["it's", 'a "b"', '\\', 'two\nlines', '`${x}`', ": anyOf('x')", '\u2028', "');process.exit(1);//"];
  const table = Object.fromEntries(reasons.map((reason, at) => [`GET /${at}/${reason}`, openRule(reason)]));
  const text = accessFile({ ...table, 'GET /unquoted': "open('it's open')" });
  expect(text).not.toContain('anyOf,');
  const script = `const open = (why) => why; ${text.replace(/^import .*$/m, '').replace('export const access: AccessTable', 'const access')}; return access;`;
  const read = new Function(script)() as Record<string, string>;
  for (const [at, reason] of reasons.entries()) expect(read[`GET /${at}/${reason}`]).toBe(reason);
  expect(read['GET /unquoted']).toBe("it's open");
});

const listed = { ...everyRoute, 'GET /health': openRule('asked for by the load balancer') };

/** Each set on one stack and dialect at least, and each stack and dialect with several. */
const sample = partSets.flatMap((parts, at) => {
  const places = [at, at + 3].map((place) => ({
    stack: stacks[place % stacks.length]!,
    dialect: (['mjs', 'cjs'] as const)[Math.floor(place / 2) % 2]!,
  }));
  return places.map((place) => ({ ...place, parts, name: [...parts].join('+') }));
});

describe.each(sample)('$stack, $dialect: $name', ({ stack, dialect, parts, name }) => {
  test('starts, answers and stops', async () => {
    const prototype = writePrototype(`parts-${name}`, stack, dialect, listed, { parts });
    if (parts.has('auth')) addUser(prototype, usersNode, 'anna@example.com', 'a long enough password');
    const app = await start(prototype, usersNode, { BODY_LIMIT: '2000' });
    const notes = await ask(app, 'GET /api/notes');
    expect(notes.status).toBe(parts.has('auth') ? 401 : 200);
    expect((await ask(app, 'GET /health')).body).toBe('{"ok":true}');
    const live = parts.has('operability') ? 200 : parts.has('auth') ? 401 : 404;
    expect((await ask(app, 'GET /livez')).status).toBe(stack === 'fastify' && live === 404 ? 404 : live);
    expect(notes.headers['x-content-type-options']).toBe(parts.has('security') ? 'nosniff' : undefined);
    expect(notes.headers['ratelimit'] !== undefined).toBe(parts.has('security'));
    expect(notes.headers['x-request-id'] !== undefined).toBe(parts.has('logs'));
    await expect.poll(app.output).toMatch(parts.has('logs') ? /"msg":"request"/ : /^ready on/m);
    const large = await ask(
      app,
      'POST /api/notes',
      { 'content-type': 'application/json' },
      `{"text":"${'x'.repeat(3000)}"}`,
    );
    expect(large.status).toBe(parts.has('security') ? 413 : parts.has('auth') ? 401 : 201);
    const code = await app.stop();
    if (parts.has('operability')) expect(code).toBe(0);
  });
});
