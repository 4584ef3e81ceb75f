import { importsOf } from '../../code/imports.ts';
import { resolveImport } from '../../code/resolve.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { casesIn, type Case } from './cases.ts';
import { lowerFloors, mutedCommands, rewrittenSnapshots } from './looser-checks.ts';

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
    const change = changeOf(before, after);
    return [
      ...goneTests(change),
      ...weakerTests(change),
      ...lowerFloors(before, after),
      ...mutedCommands(before, after),
      ...rewrittenSnapshots(before, after),
    ];
  },
});

type Failure = Extract<RuleFinding, { verdict: 'fail' }>;

const remedy = 'Bring it back, or have the owners of the tests approve that it goes.';

/** The tests of the files that a change touches. */
interface Change {
  readonly before: Repository;
  readonly after: Repository;
  readonly earlier: readonly Case[];
  readonly later: readonly Case[];
}

function changeOf(before: Repository, after: Repository): Change {
  const touched = new Set(
    [...before.files, ...after.files].flatMap(({ path, role }) =>
      role === 'test' && before.read(path) !== after.read(path) ? [path] : [],
    ),
  );
  return { before, after, earlier: casesIn(before, touched), later: casesIn(after, touched) };
}

function goneTests(change: Change): Failure[] {
  const { after, earlier, later } = change;
  const left = new Set(later.map(({ title }) => title));
  const bodies = new Set(later.map(bodyOf));
  const gone = earlier.filter(
    (test) =>
      test.held === undefined &&
      !left.has(test.title) &&
      !bodies.has(bodyOf(test)) &&
      !isRewritten(test, change) &&
      testsWhatIsLeft(test, change),
  );
  return [...groupedByFile(gone)].map(([path, tests]) => ({
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
function isRewritten({ module: { path } }: Case, change: Change): boolean {
  const then = change.earlier.filter((test) => test.module.path === path);
  const now = change.later.filter((test) => test.module.path === path && test.held === undefined);
  return now.length >= then.length && sum(now, 'assertions') >= sum(then, 'assertions');
}

function sum(tests: readonly Case[], what: 'assertions' | 'weak'): number {
  return tests.reduce((total, test) => total + test[what], 0);
}

/** False when the files that a test imports are gone as well: then it had to go. */
function testsWhatIsLeft({ module }: Case, { before, after }: Change): boolean {
  const tested = importsOf(module).flatMap(({ specifier }) => resolveImport(before, module.path, specifier) ?? []);
  const own = tested.filter((path) => before.file(path)?.role === 'source');
  return own.every((path) => after.file(path));
}

/** Tests of the same name are looked at together: a table of cases has one name. */
function weakerTests({ earlier, later }: Change): Failure[] {
  const known = groupedByName(earlier);
  return [...groupedByName(later)].flatMap(([name, tests]) => {
    const [first] = tests;
    const before = known.get(name) ?? [];
    const held = tests.find((test) => test.held !== undefined && !(test.held === 'todo' && before.length === 0));
    const wasHeld = before.some((test) => test.held !== undefined);
    const message =
      held && !wasHeld && earlier.length > 0
        ? heldMessage(held)
        : before.length > 0
          ? lessThan(before, tests)
          : undefined;
    const place = held ?? first;
    if (message === undefined || !place) return [];
    return [
      { verdict: 'fail', message, confidence: 'likely', remedy, key: name, ...proofOf(place.module, place.node) },
    ];
  });
}

/** By file and name; a group that does not run goes with the tests of its name. */
function groupedByName(tests: readonly Case[]): Map<string, Case[]> {
  const groups = new Map<string, Case[]>();
  for (const test of tests) {
    const name = `${test.module.path} ${test.title}`;
    groups.set(name, [...(groups.get(name) ?? []), test]);
  }
  return groups;
}

function heldMessage({ held, title }: Case): string {
  return held === 'only'
    ? `Only one test runs, all others are left out: "${title}".`
    : `A test does not run any more: "${title}".`;
}

function lessThan(before: readonly Case[], now: readonly Case[]): string | undefined {
  const title = now[0]?.title;
  const [had, has] = [sum(before, 'assertions'), sum(now, 'assertions')];
  if (now.some(({ held }) => held !== undefined)) return undefined;
  if (has < had) return `A test checks less than before: "${title}" (${had} things, now ${has}).`;
  const isWeaker = sum(now, 'weak') > sum(before, 'weak') && has - sum(now, 'weak') < had - sum(before, 'weak');
  return isWeaker ? `A test is content with nearly anything now: "${title}".` : undefined;
}
