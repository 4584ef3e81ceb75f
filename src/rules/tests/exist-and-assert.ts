import type { App } from '../../repository/apps.ts';
import { codeAppsOf } from '../../repository/code-apps.ts';
import { reachedFrom } from '../../repository/imported-files.ts';
import { kindOf } from '../../repository/kinds.ts';
import type { Repository } from '../../repository/repository.ts';
import { lineOfScript } from '../../repository/script-lines.ts';
import { testFilesOf, type TestFile } from '../../repository/test-files.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { notRun } from './not-run.ts';

const searched = ['*.test.*, *.spec.*, *.e2e.*, *.cy.*', '__tests__/, test/, tests/, spec/, e2e/, cypress/'];

export default defineRule({
  id: 'tests/exist-and-assert',
  title: 'There are tests, they check something, and `npm test` really runs them.',
  why: 'Without tests nobody knows whether the next change breaks what worked yesterday, until a customer says so.',
  weight: 'high',
  stage: 'prototype',
  measured: true,
  finds:
    'Test files by the conventions of node:test, Vitest, Jest, Mocha, AVA, tap, Playwright and Cypress; in each, checks that can fail (helpers are followed; `expect(true)` does not count; skipped tests do not count); and a script of package.json or a CI step that starts them, whose failure counts.',
  blind: 'Whether the tests are green, and whether they check what matters: `--boot` and coverage tell more.',
  fix: 'Write one test over HTTP for each route: a good request, a refused one and an invalid one. Let `npm test` run them.',
  references: ['OSPS-QA-06.01', 'OWASP Top 10:2025 A01', 'NIST SSDF PW.8', 'nodebestpractices 4.1'],
  check(repository) {
    const apps = codeAppsOf(repository);
    if (apps.length === 0)
      return [{ verdict: 'not-applicable', message: 'There is no program here that could be tested.' }];
    const tests = testFilesOf(repository);
    if (tests.length === 0) return [unreadTests(repository) ?? noTests(repository, apps)];
    const asserting = tests.filter(({ tests: count, assertions }) => count > 0 && assertions > 0);
    if (asserting.length === 0) return [nothingChecked(tests)];
    const failures = [
      ...notRun(repository, asserting),
      ...elsewhere(asserting),
      ...untestedServers(repository, apps, asserting),
    ];
    if (failures.length > 0) return failures;
    const sum = asserting.reduce((total, file) => total + file.tests, 0);
    return [
      {
        verdict: 'pass',
        message: `${sum} tests in ${asserting.length} files check something.`,
        where: { path: asserting[0]?.path ?? '.' },
      },
    ];
  },
});

/** Test files that are there and do not parse, or are written in another language: nothing can be said. */
function unreadTests(repository: Repository): RuleFinding | undefined {
  const unread = repository.unparsed.find(({ path }) => repository.file(path)?.role === 'test');
  if (unread)
    return {
      verdict: 'unknown',
      message: `${unread.path} could not be read: ${unread.why}.`,
      where: { path: unread.path },
    };
  const other = repository.files.find(({ path }) =>
    /\.(?:feature|hurl|robot)$|(?:^|\/)(?:test_[\w-]+|[\w-]+_test)\.(?:py|go|rb)$|postman_collection\.json$/.test(path),
  );
  return (
    other && {
      verdict: 'unknown',
      message: `Tests in a language that is not read: ${other.path}.`,
      where: { path: other.path },
    }
  );
}

function noTests(repository: Repository, apps: readonly App[]): RuleFinding {
  const app = apps.find(({ manifest }) => manifest?.scripts.has('test'));
  const script = app?.manifest?.scripts.get('test');
  const path = app?.manifest?.path;
  return {
    verdict: 'fail',
    message:
      script === undefined || /no test specified/.test(script)
        ? 'Nothing is tested: a change can break the program and nobody notices before its users do.'
        : 'There is a test command and no test behind it: it is green whatever happens.',
    where:
      path !== undefined && script !== undefined
        ? { path, line: lineOfScript(repository.read(path) ?? '', 'test') }
        : { path: '.' },
    ...(script !== undefined && { evidence: `"test": ${JSON.stringify(script)}` }),
    key: 'no tests',
    confidence: 'certain',
    searched,
    remedy: 'Write one test over HTTP for each route: a good request, a refused one and an invalid one.',
  };
}

function nothingChecked(tests: readonly TestFile[]): RuleFinding {
  const [first] = tests;
  const skipped = tests.every((file) => file.tests === 0);
  return {
    verdict: 'fail',
    message: skipped
      ? 'Every test is skipped: none ever runs.'
      : 'The tests check nothing: they are green whatever the program does.',
    where: { path: first?.path ?? '.' },
    key: 'nothing is checked',
    confidence: 'likely',
    remedy: skipped
      ? 'Mend the tests and take `.skip` away.'
      : 'Say in each test what has to come out: `expect(response.status).toBe(200)`.',
  };
}

/** Tests that make an app of their own say nothing about the one that goes live. */
function elsewhere(tests: readonly TestFile[]): RuleFinding[] {
  if (tests.some(({ touchesProject }) => touchesProject)) return [];
  return [
    {
      verdict: 'fail',
      message: 'The tests try a copy of their own and never touch the program: they stay green when it breaks.',
      where: { path: tests[0]?.path ?? '.' },
      key: 'not this program',
      confidence: 'likely',
      remedy:
        'Import the app from the source in the tests: export it without listening, and listen in a file of its own.',
    },
  ];
}

/** A server of a repository with several packages that no test reaches. */
function untestedServers(repository: Repository, apps: readonly App[], tests: readonly TestFile[]): RuleFinding[] {
  const servers = apps.filter((app) => kindOf(repository, app).kind === 'http');
  if (apps.length < 2) return [];
  const reached = reachedFrom(
    repository,
    tests.map(({ path }) => path),
  );
  return servers
    .filter(({ root, files }) => {
      const inside = tests.some(({ path }) => root === '' || path.startsWith(`${root}/`));
      return !inside && !files.some(({ path }) => reached.has(path));
    })
    .map(({ root, name }) => ({
      verdict: 'fail',
      message: `No test reaches the server ${name}: a change can break it and nobody notices.`,
      where: { path: root },
      key: 'untested server',
      confidence: 'likely',
      searched,
      remedy: `Write tests over HTTP for ${root}.`,
    }));
}
