import { findingFrom, type Evidence, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { scripts } from './strictness.ts';

const switchedOff =
  /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:only|skip|skipIf|runIf|todo|fails)\b|\bx(?:it|test|describe)\(/;
const checksSomething = /\bexpect(?:\.\w+)?\((?!(?:true|false|\d+|'[^']*')\))|\bassert[.(]/;

/** `tests/exist-and-assert`: there are tests, each checks something, and `check` really runs all of them. */
export function inspectTests(project: Project): Finding {
  const rule = 'tests/exist-and-assert';
  const files = project.tree.paths().filter((path) => /^test\/.*\.test\.ts$/.test(path));
  const domain = files.filter((path) => !path.startsWith('test/guardrails/'));
  const idle = files.find((path) => isIdle(project.read(path) ?? ''));
  if (domain.length === 0)
    return fail(rule, 'nothing tests what this app is for', 'test/', 'write a test of each route');
  if (idle !== undefined)
    return fail(rule, 'a test is switched off, or checks nothing', idle, 'let it run, and let it expect something');
  return findingFrom(rule, `${files.length} test files run, and each checks something`, project.read, checkEvidence);
}

function isIdle(text: string): boolean {
  return switchedOff.test(text) || !checksSomething.test(text);
}

function fail(rule: Finding['rule'], message: string, where: string, remedy: string): Finding {
  return { rule, verdict: 'fail', message, where, remedy };
}

const config = 'vitest.config.ts';

const checkEvidence: readonly Evidence[] = [
  ...Object.entries(scripts).map(([name, command]) => ({
    path: 'package.json',
    holds: literal(`"${name}": "${command}"`),
    otherwise: `the command ${name} does not do what its name says`,
    remedy: `set it to: ${command}`,
  })),
  { path: config, holds: /^ {4}include: \['test\/\*\*\/\*\.test\.ts'\],$/m, otherwise: 'only some of the tests run' },
  { path: config, holds: /passWithNoTests: false/, otherwise: 'the test run passes without any test' },
  { path: config, holds: /^(?![\s\S]*\n {4}exclude:)/, otherwise: 'some of the tests are left out' },
  { path: config, holds: /\b(?:lines): (?:8\d|9\d|100),/, otherwise: 'the floor under the test coverage is gone' },
  {
    path: config,
    holds: /setupFiles: \[[^\]]*'test\/guardrails\/fresh-start\.ts'/,
    otherwise: 'a test can meet what another file has left behind',
  },
  {
    path: 'test/guardrails/fresh-start.ts',
    holds: /vi\.resetModules\(\)/,
    otherwise: 'a test can meet what another file has left behind',
  },
  { path: 'test/guardrails/tests-are-real.test.ts', otherwise: 'nothing notices when tests are switched off' },
];

/** `tests/component-covers-routes`: a full run fails when a route has no good, no refused or no wrong request. */
export function inspectRoutesCovered({ read }: Project): Finding {
  const recorder = 'test/guardrails/record-routes.ts';
  const judge = 'test/guardrails/route-coverage.ts';
  return findingFrom('tests/component-covers-routes', 'a route without tests fails the run', read, [
    {
      path: config,
      holds: /setupFiles: \[[^\]]*'test\/guardrails\/record-routes\.ts'/,
      otherwise: 'nobody notes which routes tests use',
    },
    {
      path: config,
      holds: /reporters: .*'\.\/test\/guardrails\/route-coverage\.ts'/,
      otherwise: 'routes without tests go unnoticed',
    },
    { path: recorder, holds: /http\.server\.response\.finish/, otherwise: 'nobody notes which routes tests use' },
    { path: judge, holds: /process\.exitCode = 1/, otherwise: 'a route without tests does not fail the run' },
    {
      path: 'test/guardrails/every-route-has-a-test.test.ts',
      otherwise: 'nothing proves that a missing test is noticed',
    },
  ]);
}

/** `arch/layer-boundaries`: a test in the project reads its imports and its servers. */
export function inspectLayers({ read }: Project): Finding {
  const path = 'test/guardrails/layers.test.ts';
  return findingFrom('arch/layer-boundaries', 'imports go one way, and one file starts the server', read, [
    {
      path,
      holds: /routes: \['services', 'schemas', 'guardrails'\]/,
      otherwise: 'routes may read the database themselves',
    },
    { path, holds: /circleThrough\(/, otherwise: 'files may import each other in circles' },
    { path, holds: /startsServer/, otherwise: 'a second server could be started beside the guarded one' },
  ]);
}

function literal(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
}
