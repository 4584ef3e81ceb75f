import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { check, resolveConfig } from 'prettier';
import { afterAll, describe, expect, test } from 'vitest';
import { guardFiles, guardFilesIn, type Kit } from '../../src/dialect/kit.ts';
import { allParts } from '../../src/dialect/parts.ts';
import { inputs } from '../support/answers.ts';

const packages = resolve('test/workbench/node_modules');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-kit-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const style = (await resolveConfig('package.json')) ?? {};
const access = { 'GET /health': "open('asked for by the load balancer')", "GET /it's": "anyOf('admin')" };
const settings = [{ name: 'OPENAI_API_KEY', code: 'secret(required())', about: "the key of the app's language model" }];
const kits = (['express', 'fastify', 'hono'] as const).flatMap((framework) =>
  (['password', 'better-auth', 'oidc'] as const).map((identity): Kit => ({
    framework,
    parts: allParts,
    identity,
    signUp: 'invite',
    has: { cors: identity === 'password' },
    access,
    settings,
  })),
);

describe.each(kits)('$framework, $identity', (kit) => {
  const name = `${kit.framework}-${kit.identity}`;

  test('the guards are sound TypeScript', { timeout: 60_000 }, () => {
    const project = write(`ts-${name}`, guardFiles(kit, inputs.templates));
    const strict = {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
    };
    const compilerOptions = {
      ...strict,
      target: 'es2023',
      lib: ['es2023'],
      module: 'nodenext',
      types: ['node'],
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['guardrails'] }));
    expect(run(project, 'tsc')).toBe('');
    expect(run(project, 'oxlint', '--deny-warnings', 'guardrails')).toBe('');
  });

  test.each(['mjs', 'cjs'] as const)('as .%s they are formatted, sound and in no circle', async (dialect) => {
    const files = guardFilesIn(dialect, kit, inputs.templates);
    const badly = [];
    for (const [path, text] of files) if (!(await check(text, { ...style, filepath: path }))) badly.push(path);
    expect(badly).toEqual([]);
    expect(run(write(`${dialect}-${name}`, files), 'oxlint', '--deny-warnings', 'guardrails')).toBe('');
    expect(circlesIn(files, dialect)).toEqual([]);
    for (const text of files.values()) expect(text).toMatch(/^(?:\/\/|\/\*\*) [A-Z]/);
  });
});

test('making them costs less than 100 ms', () => {
  const times = kits.map((kit) => {
    const started = performance.now();
    guardFilesIn('cjs', kit, inputs.templates);
    return performance.now() - started;
  });
  expect(Math.min(...times)).toBeLessThan(100);
});

function write(name: string, files: ReadonlyMap<string, string>): string {
  const project = join(folder, name);
  for (const [path, text] of files) {
    mkdirSync(join(project, 'guardrails', dirname(path)), { recursive: true });
    writeFileSync(join(project, 'guardrails', path), text);
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(
    join(project, '.oxlintrc.json'),
    '{ "categories": { "correctness": "error", "suspicious": "error" } }\n',
  );
  symlinkSync(packages, join(project, 'node_modules'));
  return project;
}

/** What a tool of the workbench says where it does not like the project. */
function run(project: string, tool: string, ...words: string[]): string {
  const bin = realpathSync(join(packages, '.bin', tool));
  const { status, stdout, stderr } = spawnSync(join(packages, '.bin', 'node'), [bin, ...words], {
    cwd: project,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${tool} ended with ${status}\n${stdout}${stderr}`;
}

/** In a circle, `module.exports` at the end of a file would come too late for some. */
function circlesIn(files: ReadonlyMap<string, string>, dialect: string): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) circles.push([...above, path].join(' > '));
    if (above.includes(path) || done.has(path)) return;
    for (const [, from = ''] of (files.get(path) ?? '').matchAll(/(?:from |require\(|^import )'(\.[^']+)'/gm))
      visit(join(dirname(path), from), [...above, path]);
    done.add(path);
  };
  visit(`index.${dialect}`, []);
  return circles;
}
