import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCreate } from '../../../src/flow/create.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { githubSteps, gitlabSteps, type Step } from './pipeline-steps.ts';
import { hasDocker, repositoryOf, runInCleanClone, type Repository } from './run-pipeline.ts';

/** Installing and running every test of a project takes seconds on a quiet machine, and minutes on a busy one. */
const patience = 900_000;
/** Jobs whose commands need a service that a test has not: a registry of images, one of known holes. */
const elsewhere = ['deploy', 'dependencies'];

describe('on GitHub', () => {
  const { files } = planCreate(answersWith(), inputs);
  let repository: Repository;
  beforeAll(() => void (repository = repositoryOf(files)), patience);
  afterAll(() => repository.remove());

  const steps = (workflow: string): Step[] =>
    githubSteps(files.get(`.github/workflows/${workflow}`) ?? '', {
      'github.event.pull_request.base.sha || github.event.before': repository.base,
      'inputs.environment': '',
    });

  test('every step runs, in order, in a clean clone', { timeout: patience }, () => {
    repository.commit('a harmless change', { 'docs/notes.md': '# Notes\n' });
    expectGreen(repository, [...steps('ci.yml'), ...steps('expiry.yml')]);
  });

  test('a change that weakens a guard and its test is refused by the tests of its base', { timeout: patience }, () => {
    const guard = 'src/guardrails/expiry.ts';
    const guardTest = 'test/guardrails/expiry.test.ts';
    repository.commit('the end date is told on the last day only', {
      [guard]: (files.get(guard) ?? '').replace('Number.isFinite(daysLeft())', 'daysLeft() === 0'),
      [guardTest]: (files.get(guardTest) ?? '').replace('ends ? lastSecond : null', "lastSecond === '' ? '' : null"),
    });
    repository.run('node', 'scripts/guard-files.ts', 'update');
    repository.commit('written down', {});

    const [setUp, install, ...others] = steps('ci.yml');
    const ownTest = { job: 'check', name: 'its own test', script: `npx vitest run ${guardTest}`, environment: {} };
    const judged = others.filter(({ job, name }) => job === 'base-guards' || name.includes('guard files'));
    const outcomes = runInCleanClone(
      repository,
      [setUp, install, ownTest, ...judged].filter((step) => step !== undefined),
    );
    expect(outcomes.filter(({ ok }) => !ok).map(({ step }) => step)).toEqual([
      'base-guards: Judge this change by the guard tests of its base',
    ]);
    expect(outcomes.at(-1)?.output).toContain('does not pass the guard tests of');
    expect(outcomes.at(-1)?.output).toContain('answers carry the last second of the end date');
  });
});

describe('on GitLab', () => {
  const { files } = planCreate(answersWith({ ci: 'gitlab', afterExpiry: 'closed' }), inputs);
  let repository: Repository;
  beforeAll(() => void (repository = repositoryOf(files)), patience);
  afterAll(() => repository.remove());

  test('every script runs, in order, in a clean clone', { timeout: patience }, () => {
    repository.commit('a harmless change', { 'docs/notes.md': '# Notes\n' });
    const environment = { CI_MERGE_REQUEST_DIFF_BASE_SHA: repository.base, DEPLOY_TO: 'trial' };
    const steps = gitlabSteps(files.get('.gitlab-ci.yml') ?? '');
    expectGreen(
      repository,
      steps.map((step) => ({ ...step, environment })),
    );
  });
});

/** Runs the steps of every job that can run here; what is left out is said. */
function expectGreen(repository: Repository, steps: readonly Step[]): void {
  const left = hasDocker() ? elsewhere : [...elsewhere, 'image'];
  if (left.includes('image')) console.log('docker is not running here: the job image is left out');
  const possible = steps.filter(({ job }) => !left.includes(job));
  const outcomes = runInCleanClone(repository, possible);
  const failed = outcomes.find(({ ok }) => !ok);
  expect(failed?.output, failed?.step).toBe(undefined);
  expect(outcomes.length).toBeGreaterThanOrEqual(new Set(possible.map(({ job }) => job)).size);
}
