import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inputs } from '../support/answers.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-telemetry-types-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const { templates } = inputs;
const options = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

test.each(['express', 'fastify', 'hono', 'next', 'other'])(
  'the compiler accepts what is written for %s',
  { timeout: 60_000 },
  (routes) => {
    const folder = join(root, routes);
    const files = new Map(
      ['mjs', 'all', routes].flatMap((variant) =>
        templates
          .list(`retrofit/telemetry/${variant}`)
          .map((name) => [name, templates.render(`retrofit/telemetry/${variant}/${name}`, {})] as const),
      ),
    );
    const sampler = templates.render('guardrails/telemetry/all/src/guardrails/telemetry-sampler.ts', {});
    files.set('telemetry/sampler.ts', sampler).set('telemetry/service-name.ts', "export const serviceName = 'shop';\n");
    files
      .set('tsconfig.json', JSON.stringify({ compilerOptions: options }))
      .set('package.json', '{ "type": "module" }');
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    symlinkSync(resolve('test/workbench/node_modules'), join(folder, 'node_modules'));
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  },
);
