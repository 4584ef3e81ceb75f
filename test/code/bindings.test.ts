import { describe, expect, test } from 'vitest';
import { definitionOf } from '../../src/code/bindings.ts';
import { importsOf, packageNameOf, resolveImport } from '../../src/code/imports.ts';
import { textValueOf } from '../../src/code/literals.ts';
import { textOf, type Module } from '../../src/code/module.ts';
import { nodesOf } from '../../src/code/walk.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { repositoryOf } from '../support/repository.ts';

describe('what an import means', () => {
  const files = {
    'package.json': '{"imports":{"#db":"./src/db.ts","#lib/*":"./src/lib/*.ts"},"workspaces":["packages/*"]}',
    'tsconfig.json': '{"compilerOptions":{"baseUrl":".","paths":{"@app/*":["src/*"], /* why */ }}}',
    'src/db.ts': '',
    'src/lib/money.ts': '',
    'src/routes/index.ts': '',
    'src/routes/a.ts': '',
    'src/old.cjs': '',
    'packages/shared/package.json': '{"name":"@our/shared","main":"dist/index.js"}',
    'packages/shared/src/index.ts': '',
    'packages/shared/src/money.ts': '',
    'client/src/api.js': '',
    'client/src/app.jsx': '',
  };
  test.each([
    ['src/routes/a.ts', './index.js', 'src/routes/index.ts'],
    ['src/routes/a.ts', '.', 'src/routes/index.ts'],
    ['src/routes/a.ts', '..', undefined],
    ['src/db.ts', './routes', 'src/routes/index.ts'],
    ['src/routes/a.ts', '../old', 'src/old.cjs'],
    ['src/routes/a.ts', '../db.js', 'src/db.ts'],
    ['src/routes/a.ts', '@app/db', 'src/db.ts'],
    ['src/routes/a.ts', 'src/db', 'src/db.ts'],
    ['src/routes/a.ts', '#db', 'src/db.ts'],
    ['src/routes/a.ts', '#lib/money', 'src/lib/money.ts'],
    ['src/routes/a.ts', '@our/shared', 'packages/shared/src/index.ts'],
    ['src/routes/a.ts', '@our/shared/money', 'packages/shared/src/money.ts'],
    ['client/src/app.jsx', '@/api', 'client/src/api.js'],
    ['src/routes/a.ts', 'express', undefined],
    ['src/routes/a.ts', '../../../etc/passwd', undefined],
  ])('%s: %s', (from, specifier, path) => {
    expect(resolveImport(repositoryOf(files), from, specifier)).toBe(path);
  });

  test.each([
    ['node:fs/promises', 'fs'],
    ['@scope/name/inside', '@scope/name'],
    ['express@4', 'express'],
    ['npm:hono', 'hono'],
    ['./x', undefined],
    ['@/x', undefined],
  ])('the package of %s', (specifier, name) => {
    expect(packageNameOf(specifier)).toBe(name);
  });

  test('every way to import', () => {
    const repository = repositoryOf({
      'a.ts': `import a, { b as c } from 'one'; import * as d from 'two'; import type { T } from 'three';
        const e = require('four'), { f, g: h = 1 } = require('five'), i = require('six').json, j = require('seven')();
        const { k } = await import('eight'); export * from 'nine'; load(() => import(\`ten\`)); import l = require('eleven'); import(name);`,
    });
    const found = importsOf(repository.module('a.ts') as Module);
    expect(
      found.map(({ kind, specifier, names, typeOnly }) =>
        [kind, specifier, ...names.map(({ imported, local }) => `${imported}:${local}`), typeOnly ? 'type' : '']
          .join(' ')
          .trim(),
      ),
    ).toEqual([
      'import one default:a b:c',
      'import two *:d',
      'import three T:T type',
      'require four *:e',
      'require five f:f g:h',
      'require six json:i',
      'require seven',
      'dynamic eight k:k',
      're-export nine',
      'dynamic ten',
      'require eleven *:l',
    ]);
  });
});

describe('what a name refers to', () => {
  test.each([
    ['ES module', { 'a.js': `import { f } from './b.js'; wanted(f)`, 'b.js': `export function f() { return 1 }` }],
    ['default', { 'a.js': `import f from './b.js'; wanted(f)`, 'b.js': `export default function f() { return 1 }` }],
    [
      're-export',
      {
        'a.js': `import { g } from './b.js'; wanted(g)`,
        'b.js': `export { f as g } from './c.js'`,
        'c.js': `export function f() { return 1 }`,
      },
    ],
    [
      'export *',
      {
        'a.js': `import * as b from './b.js'; wanted(b.f)`,
        'b.js': `export * from './c.js'`,
        'c.js': `export function f() { return 1 }`,
      },
    ],
    [
      'module.exports',
      { 'a.js': `const f = require('./b'); wanted(f)`, 'b.js': `function f() { return 1 } module.exports = f` },
    ],
    [
      'a property',
      { 'a.js': `const { f } = require('./b'); wanted(f)`, 'b.js': `function f() { return 1 } module.exports = { f }` },
    ],
    ['exports.f', { 'a.js': `const b = require('./b'); wanted(b.f)`, 'b.js': `exports.f = function f() { return 1 }` }],
    [
      'a default of CommonJS',
      { 'a.js': `import b from './b.cjs'; wanted(b.f)`, 'b.cjs': `module.exports = { f: function f() { return 1 } }` },
    ],
    [
      'through constants',
      {
        'a.ts': `const o = { inner: { f: function f() { return 1 } } }; const { inner } = o; wanted((inner as any).f!)`,
      },
    ],
    ['a static method', { 'a.js': `class C { static f() { return 1 } } wanted(C.f)` }],
    ['an outer name', { 'a.js': `function f() { return 1 } function g() { { wanted(f) } { const f = 2 } }` }],
  ])('%s', (_, files) => {
    const definition = wantedIn(repositoryOf(files));
    if (definition?.kind !== 'code') throw new Error(`not code: ${definition?.kind}`);
    expect(textOf(definition.module, definition.node)).toContain('return 1');
  });

  test.each([
    [`import express from 'express'; wanted(express.Router)`, 'package express default.Router'],
    [`const { Router } = require('express'); wanted(Router)`, 'package express Router'],
    [`wanted(process.env.PORT)`, 'global process.env.PORT'],
    [`function g(app) { wanted(app.get) }`, 'parameter 0 get'],
    [`function g(x, { app }) { wanted(app) }`, 'parameter 1 app'],
  ])('%s', (text, expected) => {
    const definition = wantedIn(repositoryOf({ 'a.js': text }));
    const told =
      definition?.kind === 'package'
        ? `package ${definition.name} ${definition.path.join('.')}`
        : definition?.kind === 'parameter'
          ? `parameter ${definition.index} ${definition.path.join('.')}`
          : definition?.kind === 'global' && `global ${definition.path.join('.')}`;
    expect(told).toBe(expected);
  });

  test('a circle ends', () => {
    const files = {
      'a.js': `import { x } from './b.js'; export { x }; wanted(x)`,
      'b.js': `export { x } from './a.js'`,
    };
    expect(wantedIn(repositoryOf(files))).toBeUndefined();
  });
});

test.each([
  ["'a' + `b${c}` + d.e", 'abc1'],
  ['`${process.env.X}/a`', undefined],
  ['changed', undefined],
])('the text of %s', (expression, value) => {
  const text = `const c = 'c'; const d = { e: 1 }; let changed = 'x'; wanted(${expression})`;
  const repository = repositoryOf({ 'a.js': text });
  const module = repository.module('a.js') as Module;
  expect(textValueOf(repository, module, wantedNode(module))).toBe(value);
});

function wantedIn(repository: Repository) {
  const path = repository.file('a.ts') ? 'a.ts' : 'a.js';
  const module = repository.module(path) as Module;
  return definitionOf(repository, module, wantedNode(module));
}

function wantedNode(module: Module) {
  const call = nodesOf(module.tree, 'CallExpression').find(
    ({ callee }) => callee.type === 'Identifier' && callee.name === 'wanted',
  );
  const [node] = call?.arguments ?? [];
  if (!node) throw new Error('nothing wanted');
  return node;
}
