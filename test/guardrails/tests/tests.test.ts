import { expect, test } from 'vitest';
import { choices } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import tests from '../../../src/guardrails/tests/index.ts';
import { guardVitest } from '../../../src/guardrails/tests/strictness.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { projectFrom } from '../../support/project.ts';
import { brokenAfter } from '../../support/taken-out.ts';

test.each(choices.framework)('a new project has tests that run: %s', (framework) => {
  const { files } = planCreate(answersWith({ framework }), inputs);
  const verdicts = tests.inspect(projectFrom(files, { framework })).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(tests.rules.map(() => 'pass'));
});

const real = 'tests/exist-and-assert';
const routes = 'tests/component-covers-routes';
const config = 'vitest.config.ts';

const taken: readonly [what: string, path: string, edit: (text: string) => string | undefined, rule: string][] = [
  ['a test that runs', 'test/reports.test.ts', (text) => text.replace('test(', 'test.skip('), real],
  ['all tests', 'test/reports.test.ts', (text) => text.replace('test(', 'test.only('), real],
  ['an assertion', 'test/reports.test.ts', (text) => text.replaceAll('expect(', 'void ('), real],
  ['a real check', 'package.json', (text) => text.replace(/"check": "[^"]*"/, '"check": "true"'), real],
  ['a test that can fail', 'package.json', (text) => text.replace('"vitest run"', '"vitest run || true"'), real],
  ['some of the tests', config, (text) => text.replace('test/**/*.test.ts', 'test/expenses.test.ts'), real],
  ['the others', config, (text) => text.replace('    pool:', "    exclude: ['test/guardrails/**'],\n    pool:"), real],
  ['tests at all', config, (text) => text.replace('passWithNoTests: false', 'passWithNoTests: true'), real],
  ['the floor', config, (text) => text.replace(/lines: \d+/, 'lines: 0'), real],
  ['the test of tests', 'test/guardrails/tests-are-real.test.ts', gone, real],
  ['a fresh start', config, without(/'test\/guardrails\/fresh-start\.ts',?/), real],
  ['what it forgets', 'test/guardrails/fresh-start.ts', without(/vi\.resetModules\(\);/), real],
  ['the notes', config, without(/'test\/guardrails\/record-routes\.ts'/), routes],
  ['the judge', config, without(/, '\.\/test\/guardrails\/route-coverage\.ts'/), routes],
  ['the layers', 'test/guardrails/layers.test.ts', gone, 'arch/layer-boundaries'],
  ['strict types', 'tsconfig.json', (text) => text.replace('"strict": true', '"strict": false'), 'arch/strict-types'],
  ['the rule about any', '.oxlintrc.json', without(/"typescript\/no-explicit-any": "error",?/), 'arch/strict-types'],
];

test.each(taken)('without %s it fails', (_what, path, edit, rule) => {
  expect(brokenAfter(tests, path, edit)).toContain(rule);
});

test('without any test of its own it fails', () => {
  const files = new Map(planCreate(answersWith(), inputs).files);
  for (const path of files.keys()) if (/^test\/[^/]+\.test\.ts$/.test(path)) files.delete(path);
  expect(tests.inspect(projectFrom(files)).find(({ rule }) => rule === real)?.verdict).toBe('fail');
});

test('a configuration that is guarded already, or has another shape, is left alone', () => {
  const once = guardVitest('export default defineConfig({\n  test: {\n    globals: true,\n  },\n});\n');
  expect(once).toContain('    globals: true,\n    pool:');
  expect(guardVitest(once as string)).toBe(false);
});

function without(pattern: RegExp): (text: string) => string {
  return (text) => text.replace(pattern, '');
}

function gone(): undefined {
  return undefined;
}
