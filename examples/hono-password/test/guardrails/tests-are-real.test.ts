// Keeps the tests honest: none is switched off, each checks something, and `check` really runs types, lint and all tests.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import config from '../../vitest.config.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const testFiles = globSync('test/**/*.test.ts');
const switchedOff =
  /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:only|skip|skipIf|runIf|todo|fails)\b|\bx(?:it|test|describe)\(/;
const checksSomething = /\bexpect(?:\.\w+)?\((?!(?:true|false|\d+|'[^']*')\))|\bassert[.(]/;
const silencers = /(?:ox|es)lint-[d]isable|@ts-(?:ignore|nocheck)|(?:v8|c8|istanbul) (?:ignore|next)/;

test.each(testFiles)('%s checks something, and all of it runs', (path) => {
  expect(read(path).match(switchedOff)).toBeNull();
  expect(read(path)).toMatch(checksSomething);
});

test('no guard file silences the compiler, the linter or the coverage', () => {
  const guards = globSync(['src/{main,app}.ts', 'src/guardrails/**/*.ts', 'test/**/*.ts', '*.ts']);
  expect(guards.filter((path) => silencers.test(read(path)))).toEqual([]);
  // In a test it says "the compiler refuses this", and fails when the compiler does not.
  expect(globSync('src/**/*.ts').filter((path) => read(path).includes('@ts-expect-error'))).toEqual([]);
});

test('`check` runs typecheck, lint and every test with coverage, and cannot succeed when one of them fails', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(scripts).toMatchObject({
    check: 'node --run typecheck && node --run lint && node --run test:coverage',
    typecheck: 'tsc',
    lint: 'oxlint --deny-warnings',
    test: 'vitest run',
    'test:coverage': 'vitest run --coverage',
  });
});

test('every test file is run, and the floor under the coverage stays where it is', () => {
  const { coverage, ...options } = config.test ?? {};
  expect(options).toMatchObject({ include: ['test/**/*.test.ts'], passWithNoTests: false, allowOnly: false });
  expect(options).not.toHaveProperty('exclude');
  expect(options).not.toHaveProperty('testNamePattern');
  expect(options.reporters).toContain('./test/guardrails/route-coverage.ts');
  expect(options.setupFiles).toEqual(
    expect.arrayContaining(['test/setup-env.ts', 'test/guardrails/record-routes.ts', 'test/guardrails/fresh-start.ts']),
  );
  expect(coverage).toMatchObject({ provider: 'v8', include: ['src/**/*.ts'] });
  expect(coverage).not.toHaveProperty('exclude');
  const floors = Object.entries(coverage?.thresholds ?? {});
  expect(floors.map(([name]) => name).toSorted()).toEqual(['branches', 'functions', 'lines', 'statements']);
  expect(floors.filter(([, floor]) => Number(floor) < 80)).toEqual([]);
});

test('compiler and linter are as strict as they were', () => {
  const { compilerOptions, include } = JSON.parse(read('tsconfig.json')) as Record<string, Record<string, unknown>>;
  const strict = [
    'strict',
    'noUncheckedIndexedAccess',
    'exactOptionalPropertyTypes',
    'noImplicitReturns',
    'noUnusedLocals',
  ];
  expect(strict.filter((option) => compilerOptions?.[option] !== true)).toEqual([]);
  expect(include).toEqual(['src', 'test', 'scripts', '*.ts']);

  const lint = JSON.parse(read('.oxlintrc.json')) as { rules: Record<string, unknown>; ignorePatterns?: unknown };
  expect(lint).toMatchObject({ categories: { correctness: 'error', suspicious: 'error' } });
  expect(lint.rules).toMatchObject({ 'typescript/no-explicit-any': 'error' });
  // This one is right for Express 4 only: later versions, Hono and Fastify handle promises themselves.
  const { 'oxc/no-async-endpoint-handlers': ofExpress4, ...rules } = lint.rules;
  expect(ofExpress4).toBe('off');
  expect(Object.values(rules).filter((level) => level !== 'error')).toEqual([]);
  expect(lint).not.toHaveProperty('ignorePatterns');
});
