import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCreate } from '../../../src/flow/create.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { githubSteps, gitlabSteps, type Step } from './pipeline-steps.ts';
import { hasDocker, repositoryOf, runInCleanClone, type Repository } from './run-pipeline.ts';

const patience = 300_000;
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

  test('every step of every job runs in a clean clone', { timeout: patience }, () => {
    repository.commit('a harmless change', { 'docs/notes.md': '# Notes\n' });
    for (const job of jobsOf([...steps('ci.yml'), ...steps('expiry.yml')])) expectGreen(repository, job);
  });

  test(
    'a change that weakens a guard test with the guard is green by itself, and refused by its base',
    { timeout: patience },
    () => {
      const guard = 'src/guardrails/expiry.ts';
      const guardTest = 'test/guardrails/expiry.test.ts';
      repository.commit('the end date is told on the last day only', {
        [guard]: (files.get(guard) ?? '').replace('Number.isFinite(daysLeft())', 'daysLeft() === 0'),
        [guardTest]: (files.get(guardTest) ?? '').replace('ends ? lastSecond : null', "lastSecond === '' ? '' : null"),
      });
      repository.run('node', 'scripts/guard-files.ts', 'update');
      repository.commit('written down', {});

      const check = steps('ci.yml').filter(({ job }) => job === 'check');
      expectGreen(repository, check);
      const judged = runInCleanClone(
        repository,
        steps('ci.yml').filter(({ job }) => job === 'base-guards'),
      );
      expect(judged.at(-1)?.ok).toBe(false);
      expect(judged.at(-1)?.output).toContain('does not pass the guard tests of');
    },
  );
});

describe('on GitLab', () => {
  const { files } = planCreate(answersWith({ ci: 'gitlab', afterExpiry: 'closed' }), inputs);
  let repository: Repository;
  beforeAll(() => void (repository = repositoryOf(files)), patience);
  afterAll(() => repository.remove());

  test('every script of every job runs in a clean clone', { timeout: patience }, () => {
    repository.commit('a harmless change', { 'docs/notes.md': '# Notes\n' });
    const environment = { CI_MERGE_REQUEST_DIFF_BASE_SHA: repository.base, DEPLOY_TO: 'trial' };
    const steps = gitlabSteps(readFileSync(join(repository.folder, '.gitlab-ci.yml'), 'utf8'));
    for (const job of jobsOf(steps.map((step) => ({ ...step, environment })))) expectGreen(repository, job);
  });
});

function expectGreen(repository: Repository, job: readonly Step[]): void {
  const failed = runInCleanClone(repository, job).find(({ ok }) => !ok);
  expect(failed?.output, failed?.step).toBe(undefined);
}

/** The steps of each job that can run here; what is left out is said. */
function jobsOf(steps: readonly Step[]): Step[][] {
  const left = new Set(hasDocker() ? elsewhere : [...elsewhere, 'image']);
  if (left.has('image')) console.log('docker is not running here: the job image is left out');
  const names = [...new Set(steps.map(({ job }) => job))].filter((name) => !left.has(name));
  return names.map((name) => steps.filter(({ job }) => job === name));
}
