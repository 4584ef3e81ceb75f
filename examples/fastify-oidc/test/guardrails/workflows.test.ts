// What checks a change before it is merged still checks everything, runs nothing that can change under us, and cannot be waved through.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }));
const textOf = (name: string) => workflows.find((workflow) => workflow.name === name)?.text ?? '';
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

describe.each(workflows)('$name', ({ text }) => {
  test('runs actions of one exact commit only', () => {
    const actions = [...text.matchAll(/\buses: *(\S+)/g)].map(([, action]) => action ?? '');
    expect(actions.filter((action) => !/^\.\/|@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  test('gives its token no rights beyond those of each job, and leaves no credentials behind', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).not.toMatch(/write-all|pull_request_target|workflow_run/);
    expect(count(text, /persist-credentials: false/g)).toBe(count(text, /uses: actions\/checkout@/g));
  });

  test('ends in time, and stays red where a step fails', () => {
    expect(count(text, /^ {4}timeout-minutes: \d+$/gm)).toBe(count(text, /^ {4}runs-on:/gm));
    expect(text).not.toMatch(/continue-on-error|\|\| *(?:true|:|exit 0)|\bif: *(?:false|never)/);
  });
});

test('every change is checked in full', () => {
  const ci = textOf('ci.yml');
  expect(ci).toMatch(/^ {2}pull_request:$/m);
  for (const step of ['guard:check', 'typecheck', 'lint', 'test:coverage']) {
    expect(ci, step).toMatch(new RegExp(`^ +run: \\w+ run ${step}$`, 'm'));
  }
  expect(ci).toMatch(/^ +node "\$judge" "\$BASE"$/m);
  expect(ci).toMatch(/^ +run: docker build /m);
  expect(ci).toMatch(/dependency-review-action@/);
});

test('the end date is looked at every week and before every deployment', () => {
  expect(textOf('expiry.yml')).toMatch(/^ {4}- cron: '/m);
  expect(textOf('expiry.yml')).toMatch(/^ +run: node scripts\/expiry\.ts "\$ENVIRONMENT"$/m);
  expect(textOf('deploy.yml')).toMatch(/^ {4}needs: \[check, expiry\]$/m);
});

test('a bot raises versions, and waits a week for bad releases to be found', () => {
  const [, ...updates] = readFileSync('.github/dependabot.yml', 'utf8').split(/^ *- package-ecosystem: /m);
  expect(updates.map((update) => update.split('\n')[0])).toEqual(expect.arrayContaining(['github-actions', 'docker']));
  expect(updates.filter((update) => !/^ *default-days: ([7-9]|\d\d+)$/m.test(update))).toEqual([]);
});
