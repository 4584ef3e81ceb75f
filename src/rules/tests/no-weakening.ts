import { importsOf } from '../../code/imports.ts';
import { resolveImport } from '../../code/resolve.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { casesOf, type Case } from './cases.ts';
import { floorsOf } from './coverage-floor.ts';

export default defineRule({
  id: 'tests/no-weakening',
  title: 'Tests, what they check and how much they reach only grow; whoever takes some away says so.',
  why: 'The quickest way to make a red check green is to delete the test. Then the mistake ships, and nothing is left that would find it.',
  weight: 'high',
  stage: 'prototype',
  measured: false,
  finds:
    'Between two revisions: tests that are gone while the code that they test is still there, tests that check less or less exactly, new skip, only and todo, a lower coverage floor, a test command whose failure does not count, snapshots rewritten with no other change. A test that moved or was renamed with its content counts as still there.',
  blind: 'Tests that stay and are given easier cases.',
  fix: 'Bring the test back, or have its owners approve that it goes.',
  references: ['OWASP Secure Coding with AI 8', 'SLSA 1.2 Source L3'],
  check: () => [{ verdict: 'not-applicable', message: 'Needs an earlier revision to compare with: check --diff.' }],
  compare(before, after) {
    return [
      ...goneTests(before, after),
      ...weakerTests(before, after),
      ...lowerFloors(before, after),
      ...mutedCommands(before, after),
      ...rewrittenSnapshots(before, after),
    ];
  },
});

type Failure = Extract<RuleFinding, { verdict: 'fail' }>;

const remedy = 'Bring it back, or have the owners of the tests approve that it goes.';

function goneTests(before: Repository, after: Repository): Failure[] {
  const left = new Set(casesOf(after).map(({ title }) => title));
  const bodies = new Set(casesOf(after).map(bodyOf));
  const gone = casesOf(before).filter(
    (test) =>
      test.held === undefined &&
      !left.has(test.title) &&
      !bodies.has(bodyOf(test)) &&
      !isRewritten(test, before, after) &&
      testsWhatIsLeft(test, before, after),
  );
  const files = groupedByFile(gone);
  return [...files].map(([path, tests]) => ({
    verdict: 'fail',
    message: `${tests.length === 1 ? 'A test is' : `${tests.length} tests are`} gone while the code stays: "${tests[0]?.title}".`,
    where: after.file(path) ? { path } : { path: '.' },
    confidence: 'likely',
    remedy,
    key: `${path} ${tests.map(({ title }) => title).join(', ')}`,
  }));
}

function groupedByFile(tests: readonly Case[]): Map<string, Case[]> {
  const files = new Map<string, Case[]>();
  for (const test of tests) files.set(test.module.path, [...(files.get(test.module.path) ?? []), test]);
  return files;
}

/** What a test does, whatever it is called. */
function bodyOf({ module, node }: Case): string {
  const text = module.text.slice(node.start ?? 0, node.end ?? 0);
  return text.replace(/^[^,]*,/, '').replaceAll(/\s+/g, '');
}

/** A file that has as many tests as before, and as many assertions, was rewritten. */
function isRewritten({ module: { path } }: Case, before: Repository, after: Repository): boolean {
  const then = casesOf(before).filter((test) => test.module.path === path);
  const now = casesOf(after).filter((test) => test.module.path === path && test.held === undefined);
  return now.length >= then.length && sum(now) >= sum(then);
}

function sum(tests: readonly Case[]): number {
  return tests.reduce((total, { assertions }) => total + assertions, 0);
}

/** False when the files that a test imports are gone as well: then it had to go. */
function testsWhatIsLeft({ module }: Case, before: Repository, after: Repository): boolean {
  const tested = importsOf(module).flatMap(({ specifier }) => resolveImport(before, module.path, specifier) ?? []);
  const own = tested.filter((path) => before.file(path)?.role === 'source');
  return own.every((path) => after.file(path));
}

function weakerTests(before: Repository, after: Repository): Failure[] {
  const then = new Map(casesOf(before).map((test) => [test.title, test]));
  return casesOf(after).flatMap((test) => {
    const earlier = then.get(test.title);
    const message = test.held === undefined ? earlier && lessThan(earlier, test) : newlyHeld(earlier, test, then);
    if (message === undefined) return [];
    return [
      {
        verdict: 'fail',
        message,
        confidence: 'likely',
        remedy,
        key: `${test.module.path} ${test.title}`,
        ...proofOf(test.module, test.node),
      },
    ];
  });
}

function newlyHeld(
  earlier: Case | undefined,
  { title, held }: Case,
  then: ReadonlyMap<string, Case>,
): string | undefined {
  if (earlier?.held !== undefined || (held === 'todo' && !earlier) || then.size === 0) return undefined;
  return held === 'only'
    ? `Only one test runs, all others are left out: "${title}".`
    : `A test does not run any more: "${title}".`;
}

function lessThan(earlier: Case, test: Case): string | undefined {
  if (test.assertions < earlier.assertions)
    return `A test checks less than before: "${test.title}" (${earlier.assertions} things, now ${test.assertions}).`;
  const isWeaker = test.weak > earlier.weak && test.assertions - test.weak < earlier.assertions - earlier.weak;
  return isWeaker ? `A test is content with nearly anything now: "${test.title}".` : undefined;
}

function lowerFloors(before: Repository, after: Repository): Failure[] {
  const now = floorsOf(after);
  return [...floorsOf(before)].flatMap(([key, floor]) => {
    const left = now.get(key) ?? 0;
    const [path = '.', kind = ''] = key.split(' ');
    if (left >= floor || !after.file(path)) return [];
    return [
      {
        verdict: 'fail',
        message: `Tests have to reach less of the code than before: ${kind} from ${floor} to ${left} percent.`,
        where: { path },
        confidence: 'certain',
        remedy: 'Write tests until the old floor holds again.',
        key,
      },
    ];
  });
}

const muted = /\|\|\s*(?:true|exit 0|:)|--passWithNoTests|;\s*exit 0/;

function mutedCommands(before: Repository, after: Repository): Failure[] {
  return after.files.flatMap(({ path }) => {
    if (!/(?:^|\/)package\.json$|^\.github\/workflows\/.+\.ya?ml$/.test(path)) return [];
    const then = new Set((before.read(path) ?? '').split('\n'));
    return (after.read(path) ?? '').split('\n').flatMap((line, index) => {
      const isNew =
        muted.test(line) && /test|vitest|jest|mocha|\bcheck\b/.test(line) && !then.has(line) && before.file(path);
      return isNew
        ? [
            {
              verdict: 'fail' as const,
              message: 'The tests run, and whether they fail does not matter any more.',
              where: { path, line: index + 1 },
              evidence: line.trim().slice(0, 160),
              confidence: 'certain' as const,
              remedy: 'Let the command fail when a test fails.',
            },
          ]
        : [];
    });
  });
}

function rewrittenSnapshots(before: Repository, after: Repository): Failure[] {
  const changed = after.files.filter(
    ({ path }) => before.file(path) !== undefined && before.read(path) !== after.read(path),
  );
  const snapshots = changed.filter(({ path }) => path.endsWith('.snap'));
  const [first] = snapshots;
  if (!first || snapshots.length < changed.length) return [];
  return [
    {
      verdict: 'fail',
      message: 'What the tests expect was rewritten, and nothing else changed.',
      where: { path: first.path },
      confidence: 'review',
      remedy: 'Say why the old expectation was wrong.',
    },
  ];
}
