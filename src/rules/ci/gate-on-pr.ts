import { dependenciesOf } from '../../repository/apps.ts';
import { codeAppsOf } from '../../repository/code-apps.ts';
import {
  ciCommandsOf,
  pipelinePlaces,
  pipelinesOf,
  placeOfCommand,
  type CiCommand,
} from '../../repository/pipelines.ts';
import { checksTypes, lints, runsTests } from '../../repository/programs.ts';
import type { Repository } from '../../repository/repository.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

export default defineRule({
  id: 'ci/gate-on-pr',
  title:
    'Every proposed change is tested before it can be merged, and type check and lint run where the project has them.',
  why: 'What nobody checks before the merge is found by the users after it. An agent that writes ten changes a day needs a gate that never sleeps.',
  weight: 'high',
  stage: 'prototype',
  measured: true,
  finds:
    'The pipelines of GitHub, GitLab, CircleCI, Azure, Bitbucket, Jenkins and Travis: when they run, and what their steps start in the end. Scripts of package.json, Makefiles, shell scripts, composite actions and reusable workflows of the repository are followed.',
  blind:
    'Whether the check is required for a merge (see ci/branch-rules), and pipelines that are kept in another repository.',
  fix: 'Write .github/workflows/ci.yml that runs on pull_request: npm ci, type check, lint, tests.',
  references: ['OpenSSF Scorecard CI-Tests', 'OSPS-QA-06.01', 'OSPS-QA-03.01', 'Twelve-Factor V'],
  check(repository) {
    if (codeAppsOf(repository).length === 0)
      return [{ verdict: 'not-applicable', message: 'There is no program here that could be tested.' }];
    const pipelines = pipelinesOf(repository);
    if (pipelines.length === 0) return [noPipeline];
    const commands = ciCommandsOf(repository);
    const gate = commands.filter((command) => command.job.onChange && counts(command));
    const test = gate.find(runsTests);
    if (!test && !testedByAction(repository)) return [unclear(repository) ?? untested(repository, commands)];
    const absent = [missingTypes(repository, gate), missingLint(repository, gate)].flatMap((finding) => finding ?? []);
    if (absent.length > 0) return absent;
    return [
      {
        verdict: 'pass',
        message: 'Every proposed change is tested before it is merged.',
        where: test ? placeOfCommand(test) : { path: pipelines[0]?.path ?? '.' },
      },
    ];
  },
});

const noPipeline: RuleFinding = {
  verdict: 'fail',
  message: 'Nothing checks a change before it goes live: whoever merges finds out afterwards.',
  where: { path: '.' },
  key: 'no pipeline',
  confidence: 'certain',
  searched: pipelinePlaces,
  remedy: 'Write .github/workflows/ci.yml that runs on pull_request: npm ci, type check, lint, tests.',
};

/** Whether the failure of a command stops the change. */
function counts({ ignored, step, job }: CiCommand): boolean {
  return !ignored && !step.mayFail && !job.mayFail;
}

/** Actions that run tests themselves. */
function testedByAction(repository: Repository): boolean {
  const action = /^(?:cypress-io\/github-action|artiomtr\/jest-coverage-report-action|cypress\/run|node\/test)/i;
  return pipelinesOf(repository).some(({ jobs }) =>
    jobs.some(
      (job) =>
        job.onChange &&
        !job.mayFail &&
        job.steps.some(({ uses, mayFail }) => uses !== undefined && !mayFail && action.test(uses)),
    ),
  );
}

function isUnclear({ unclear: why }: CiCommand): boolean {
  return why !== undefined && !/no script/.test(why);
}

/** Actions that lint. */
function lintedByAction(repository: Repository): boolean {
  const action = /super-linter|megalinter|reviewdog|eslint|biome|pre-commit\/action|lint-action|trunk-io/i;
  return pipelinesOf(repository).some(({ jobs }) =>
    jobs.some(({ onChange, steps }) => onChange && steps.some(({ uses }) => action.test(uses ?? ''))),
  );
}

/** Where a pipeline leads to what is not here, tests may run: nothing is said. */
function unclear(repository: Repository): RuleFinding | undefined {
  const [place] = pipelinesOf(repository).flatMap((pipeline) => pipeline.unclear);
  if (place)
    return {
      verdict: 'unknown',
      message: `Whether changes are tested could not be told: ${place.why}.`,
      where: place.where,
    };
  const command = ciCommandsOf(repository).find(
    (candidate) =>
      candidate.job.onChange &&
      counts(candidate) &&
      candidate.unclear !== undefined &&
      /test|check|verify|ci\b|\/|\$/.test(candidate.words.join(' ')) &&
      !/no script/.test(candidate.unclear),
  );
  return (
    command && {
      verdict: 'unknown',
      message: `Whether changes are tested could not be told: ${command.unclear}.`,
      where: placeOfCommand(command),
    }
  );
}

function untested(repository: Repository, commands: readonly CiCommand[]): RuleFinding {
  const tests = commands.filter(runsTests);
  const ignored = tests.find((command) => !counts(command) && command.job.onChange);
  const late = tests.find((command) => !command.job.onChange);
  const broken = commands.find(
    ({ job, unclear: why, words }) =>
      job.onChange && why !== undefined && words.some((word) => /^tests?(?::|$)/.test(word)),
  );
  const first =
    pipelinesOf(repository).find(({ jobs }) => jobs.some(({ onChange }) => onChange)) ?? pipelinesOf(repository)[0];
  const place = ignored ?? late ?? broken;
  const proof = place ? placeOfCommand(place) : { path: first?.path ?? '.', line: undefined };
  return {
    verdict: 'fail',
    message: ignored
      ? 'Tests run before the merge, and their result is thrown away: red tests look green.'
      : late
        ? 'Tests run, and not before a change is merged: the fault is in by then.'
        : broken
          ? 'The pipeline asks for tests that do not exist: nothing is tested.'
          : 'A pipeline runs, and it tests nothing: it is green whatever a change breaks.',
    ...proofAt(repository, proof.path, proof.line),
    key: ignored ? 'ignored' : late ? 'after the merge' : 'no tests',
    confidence: 'certain',
    remedy: ignored
      ? 'Take `continue-on-error`, `|| true` or the condition away from the step that runs the tests.'
      : late
        ? 'Let the same job run on `pull_request` too.'
        : 'Add a step that runs the tests (`npm test`) to the job that runs on pull requests.',
  };
}

function missingTypes(repository: Repository, gate: readonly CiCommand[]): RuleFinding | undefined {
  const typed = codeAppsOf(repository).find(({ root, files }) => {
    const hasConfig = files.some(({ path }) => path === (root === '' ? 'tsconfig.json' : `${root}/tsconfig.json`));
    return hasConfig && files.some(({ path, role }) => role === 'source' && /\.[cm]?tsx?$/.test(path));
  });
  // What ts-jest runs it checks first; what could not be followed may check types.
  if (!typed || gate.some(checksTypes) || dependenciesOf(typed).has('ts-jest') || gate.some(isUnclear))
    return undefined;
  return missing(
    gate,
    'types',
    'medium',
    'No change has its types checked before the merge: mistakes that the compiler knows of go live.',
    'Add a step `npx tsc --noEmit` to the job that runs on pull requests.',
  );
}

function missingLint(repository: Repository, gate: readonly CiCommand[]): RuleFinding | undefined {
  const linted = codeAppsOf(repository).some(({ manifest }) => manifest?.scripts.has('lint'));
  if (
    !linted ||
    gate.some(lints) ||
    gate.some(isUnclear) ||
    lintedByAction(repository) ||
    gate.some(({ through }) => through.some((name) => name.endsWith(' lint')))
  )
    return undefined;
  return missing(
    gate,
    'lint',
    'low',
    'The project has a linter, and changes are merged without asking it.',
    'Add a step `npm run lint` to the job that runs on pull requests.',
  );
}

function missing(
  gate: readonly CiCommand[],
  key: string,
  weight: 'medium' | 'low',
  message: string,
  remedy: string,
): RuleFinding {
  const path = gate.find(runsTests)?.pipeline.path ?? gate[0]?.pipeline.path ?? '.';
  return { verdict: 'fail', message, where: { path }, key, weight, confidence: 'likely', searched: [path], remedy };
}
