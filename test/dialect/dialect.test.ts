import { describe, expect, test } from 'vitest';
import { inDialect } from '../../src/dialect/dialect.ts';

const typescript = `// Keeps a promise.
import { readFileSync } from 'node:fs';
import express from 'express';
import * as path from 'node:path';
import type { Request } from 'express';
import { type Answer, problem as refuse } from './call.ts';
import './fatal.ts';

/** A type. */
export interface Thing<Of> {
  readonly of: Of;
}

type Inner = string;

/** A constant. */
export const limit: number = 3;

/** A class. */
export class Outage extends Error {
  readonly status: number = 503;
  private cause2?: unknown;
}

/** A function with a parameter list that is long only because of its types, so that it is broken into lines. */
export function answer<Shape extends object>(
  this: void,
  request: Request | undefined,
  { status, body }: { readonly status: number; readonly body?: Shape },
  ...rest: readonly string[]
): asserts request is Request {
  const first = (rest as string[])[0]!;
  const found = (request as unknown as { readonly url?: string } | undefined)?.url;
  const list = [status, body, first, found, path, express, readFileSync] satisfies unknown[];
  refuse(limit as Inner & number, list, import.meta.dirname);
}

/** Lazily. */
export async function lazily(): Promise<Answer> {
  const { jwtVerify } = await import('jose');
  const { gate } = await import('./gate.ts');
  return jwtVerify<Answer>(gate);
}
`;

test('an ES module without types', () => {
  expect(inDialect(typescript, 'mjs')).toMatchInlineSnapshot(`
    "// Keeps a promise.
    import { readFileSync } from 'node:fs';
    import express from 'express';
    import * as path from 'node:path';
    import { problem as refuse } from './call.mjs';
    import './fatal.mjs';

    /** A constant. */
    export const limit = 3;

    /** A class. */
    export class Outage extends Error {
      status = 503;
      cause2;
    }

    /** A function with a parameter list that is long only because of its types, so that it is broken into lines. */
    export function answer(request, { status, body }, ...rest) {
      const first = rest[0];
      const found = request?.url;
      const list = [status, body, first, found, path, express, readFileSync];
      refuse(limit, list, import.meta.dirname);
    }

    /** Lazily. */
    export async function lazily() {
      const { jwtVerify } = await import('jose');
      const { gate } = await import('./gate.mjs');
      return jwtVerify(gate);
    }
    "
  `);
});

test('the same for require()', () => {
  expect(inDialect(typescript, 'cjs')).toMatchInlineSnapshot(`
    "// Keeps a promise.
    'use strict';

    const { readFileSync } = require('node:fs');
    const express = require('express');
    const path = require('node:path');
    const { problem: refuse } = require('./call.cjs');
    require('./fatal.cjs');

    /** A constant. */
    const limit = 3;

    /** A class. */
    class Outage extends Error {
      status = 503;
      cause2;
    }

    /** A function with a parameter list that is long only because of its types, so that it is broken into lines. */
    function answer(request, { status, body }, ...rest) {
      const first = rest[0];
      const found = request?.url;
      const list = [status, body, first, found, path, express, readFileSync];
      refuse(limit, list, __dirname);
    }

    /** Lazily. */
    async function lazily() {
      const { jwtVerify } = await import('jose');
      const { gate } = await import('./gate.cjs');
      return jwtVerify(gate);
    }

    module.exports = { limit, Outage, answer, lazily };
    "
  `);
});

test('a file of nothing but types is no file', () => {
  expect(inDialect("// Says what.\nimport type { A } from './a.ts';\n\nexport type B = A;\n", 'cjs')).toBe('');
});

test('what is passed on keeps its name', () => {
  const text = "export { currentUser, type User } from './call.ts';\n";
  expect(inDialect(text, 'mjs')).toBe("export { currentUser } from './call.mjs';\n");
  expect(inDialect(text, 'cjs')).toBe(
    "'use strict';\n\nconst { currentUser } = require('./call.cjs');\n\nmodule.exports = { currentUser };\n",
  );
});

describe.each([
  ['await at the top', 'const a = await go();', 'line 1: CommonJS cannot wait'],
  [
    'a package that is ES modules only',
    "\nimport { jwtVerify } from 'jose';",
    "line 2: CommonJS cannot import 'jose' at the start",
  ],
  ['a default export', 'export default 1;', 'line 1: write named exports'],
  ['a variable that changes', 'export let a = 1;', 'line 1: what is exported must not change'],
  ['an enum', 'enum A { B }', 'line 1: an enum is more than a type'],
  ['a parameter property', 'class A { constructor(private b: string) {} }', 'line 1: a parameter property'],
])('%s', (_, text, message) => {
  test('is refused', () => expect(() => inDialect(text, 'cjs')).toThrow(message));
});
