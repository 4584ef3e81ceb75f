import { describe, expect, test } from 'vitest';
import { parseModule } from '../../../src/code/parse.ts';
import { applySpans } from '../../../src/code/edit/spans.ts';
import { withoutInserted, wiringOfFirst, type Files } from './wired.ts';

interface Framework {
  readonly id: string;
  readonly version: string;
  readonly make: string;
  readonly take: Readonly<Record<Modules, string>>;
  readonly route: string;
  readonly listen: string;
}

type Modules = 'cjs' | 'esm' | 'ts';

const express = {
  id: 'express',
  make: 'express()',
  take: {
    cjs: `const express = require('express')`,
    esm: `import express from 'express'`,
    ts: `import express, { type Request } from 'express'`,
  },
  route: `app.get('/', (request, response) => {\n>response.send('hello')\n})`,
  listen: 'app.listen(3000)',
};
const frameworks: readonly Framework[] = [
  { ...express, version: '4.22.3' },
  { ...express, version: '5.2.1' },
  {
    id: 'fastify',
    version: '5.6.2',
    make: `Fastify({\n>logger: true,\n})`,
    take: {
      cjs: `const Fastify = require('fastify')`,
      esm: `import Fastify from 'fastify'`,
      ts: `import Fastify, { type FastifyInstance } from 'fastify'`,
    },
    route: `app.get('/', async () => {\n>return 'hello'\n})`,
    listen: 'app.listen({ port: 3000 })',
  },
  {
    id: 'hono',
    version: '4.10.0',
    make: 'new Hono()',
    take: {
      cjs: `const { Hono } = require('hono')\nconst { serve } = require('@hono/node-server')`,
      esm: `import { Hono } from 'hono'\nimport { serve } from '@hono/node-server'`,
      ts: `import { Hono } from 'hono'\nimport { serve } from '@hono/node-server'`,
    },
    route: `app.get('/', (c) => {\n>return c.text('hello')\n})`,
    listen: 'serve(app)',
  },
];

interface Shape {
  readonly framework: Framework;
  readonly modules: Modules;
  readonly indent: string;
  readonly quote: string;
  readonly semicolon: string;
  readonly eol: string;
  readonly mark: string;
}

function* shapes(): Generator<Shape> {
  for (const framework of frameworks)
    for (const modules of ['cjs', 'esm', 'ts'] as const)
      for (const indent of ['  ', '    ', '\t'])
        for (const quote of ["'", '"'])
          for (const semicolon of [';', ''])
            for (const eol of ['\n', '\r\n'])
              for (const mark of ['', '\uFEFF']) yield { framework, modules, indent, quote, semicolon, eol, mark };
}

function fileOf({ framework, modules, indent, quote, semicolon, eol, mark }: Shape): string {
  const type = modules === 'ts' && framework.id === 'express' ? 'function build(base: string)' : 'function build(base)';
  const lines = [
    '// The server of the shop.',
    ...framework.take[modules].split('\n').map((line) => `${line}.`),
    '',
    `${type} {`,
    ...`const app = ${framework.make}. // the app`.split('\n').map((line) => `>${line}`),
    ...`${framework.route}.`.split('\n').map((line) => `>${line}`),
    '>return app.',
    '}',
    '',
    `const app = build('/').`,
    `${framework.listen}.`,
    '',
  ];
  const text = lines
    .join('\n')
    .replaceAll('>', (sign, at: number, whole: string) => (whole[at - 1] === '=' ? sign : indent))
    .replaceAll(/\.(?=\n| \/\/)/g, (sign, at: number, whole: string) =>
      whole.slice(0, at).endsWith('shop') ? sign : semicolon,
    )
    .replaceAll("'", quote);
  return mark + text.replaceAll('\n', eol);
}

function filesOf(shape: Shape): Files {
  const { framework, modules } = shape;
  const ending = { cjs: 'js', esm: 'js', ts: 'ts' }[modules];
  const manifest = {
    ...(modules !== 'cjs' && { type: 'module' }),
    scripts: { start: `node server.${ending}` },
    dependencies: { [framework.id]: framework.version },
  };
  return { 'package.json': JSON.stringify(manifest), [`server.${ending}`]: fileOf(shape) };
}

describe.each(frameworks.map(({ id, version }) => `${id} ${version}`))('%s', (name) => {
  const all = [...shapes()].filter(({ framework }) => `${framework.id} ${framework.version}` === name);

  test(`wires each of ${all.length} ways to write a file`, () => {
    for (const shape of all) {
      const files = filesOf(shape);
      const result = wiringOfFirst(files);
      const label = JSON.stringify(shape);
      if (result.kind !== 'edits') throw new Error(`${label}: ${JSON.stringify(result)}`);
      const before = files[result.path] ?? '';
      const after = applySpans(before, result.edits);

      expect(after.startsWith('\uFEFF'), label).toBe(shape.mark !== '');
      expect(shape.mark + withoutInserted(after.slice(shape.mark.length), result.edits), label).toBe(before);
      expect(() => parseModule(result.path, after), label).not.toThrow();
      const { quote, semicolon, indent, eol } = shape;
      const taken =
        shape.modules === 'cjs'
          ? `const { guard } = require(${quote}./guardrails/index.cjs${quote})${semicolon}`
          : `import { guard } from ${quote}./guardrails/index.js${quote}${semicolon}`;
      expect(after, label).toContain(`${eol}${taken}${eol}${eol}`);
      expect(after, label).toContain(`// the app${eol}${indent}guard(app)${semicolon}${eol}${indent}app.get(`);
      expect(after.replaceAll('\r\n', '').includes('\r'), label).toBe(false);
      if (eol === '\r\n') expect(after.replaceAll('\r\n', ''), label).not.toContain('\n');

      expect(wiringOfFirst({ ...files, [result.path]: after }).kind, label).toBe('there');
    }
  });
});
