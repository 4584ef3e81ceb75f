import { applySpans } from '../../code/edit/spans.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import { defineRetrofit } from '../../retrofit/retrofitter.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { appsOf } from '../../repository/apps.ts';
import { ciCommandsOf, pipelinesOf, type CiCommand } from '../../repository/pipelines.ts';
import { checksTypes, runsTests, watches } from '../../repository/programs.ts';
import { ciSteps, type Gate, type GateStep } from './ci-steps.ts';
import { installingOf } from '../../repository/installing.ts';
import { jobIntoGitlab, jobIntoWorkflow, saysTheSame, testStage, withoutVersions } from './into-yaml.ts';
import { githubJob, gitlabJob, type Job } from './job.ts';
import { nodeForCi, oldestForGuards, runsGuards } from './node-for-ci.ts';

export { ciSteps } from './ci-steps.ts';

export default defineRetrofit({
  id: 'ci',

  retrofit(scene, draft) {
    const repository = draft.repository();
    const app = appsOf(repository).find(({ root }) => root === scene.app.root) ?? scene.app;
    const now = { ...scene, app };
    const gate = notYetRun(now, draft, ciSteps(now, scene.today?.red ?? new Set(), repository));
    for (const { run, why } of gate.leftOut)
      draft.leave({ where: { path: app.manifest?.path ?? '.' }, why: `\`${run}\` is no gate: ${why}`, lines: [] });
    leaveOldVersions(draft);
    const pipeline = pipelinesOf(repository).find(({ jobs }) => jobs.some(({ onChange }) => onChange));
    if (gate.steps.length === 0 && pipeline)
      return draft.keep('changes are checked by its own pipeline', { path: pipeline.path });
    const job = jobFor(now, draft, gate, pipeline ? 'guards' : 'check');
    if (pipeline) extend(draft, pipeline.path, job);
    else if (gate.steps.length > 0) write(now, draft, job);
    else leaveEmpty(now, draft);
  },
});

function leaveEmpty({ app }: Scene, draft: Draft): void {
  draft.leave({
    where: { path: app.manifest?.path ?? '.' },
    why: 'there is nothing yet that a pipeline could run: no test, no build, no type check. Write a test, and run the same command again',
    lines: [],
  });
}

/** What a pipeline runs on changes already, or names as left out, is not added again. */
function notYetRun(scene: Scene, draft: Draft, { steps, leftOut }: Gate): Gate {
  const repository = draft.repository();
  const gate = ciCommandsOf(repository).filter(
    ({ job, step, ignored, ...command }) =>
      job.onChange && !job.mayFail && !step.mayFail && !ignored && !watches(command),
  );
  const texts = pipelinesOf(repository).map(({ path }) => draft.read(path) ?? '');
  const isSaid = ({ run }: GateStep): boolean =>
    texts.some((text) =>
      new RegExp(`^\\s*# Not checked yet, .*: ${run.replaceAll(/[.*+?^$()|[\]{}\\]/g, '\\$&')}\\r?$`, 'm').test(text),
    );
  return {
    steps: steps.filter((step) => !isSaid(step) && !gate.some((command) => isRunBy(scene, step, command))),
    leftOut: leftOut.filter((step) => !isSaid(step) && !gate.some((command) => isRunBy(scene, step, command))),
  };
}

function isRunBy({ app }: Scene, { kind, script, run }: GateStep, command: CiCommand): boolean {
  const { words, through, folder } = command;
  if (folder !== app.root) return false;
  if (script !== undefined && through.includes(`${app.manifest?.path} ${script}`)) return true;
  if (kind === 'types') return checksTypes(command);
  if (kind === 'tests') return runsTests(command) && !words.includes('guardrails/tests/guards.mjs');
  return run.endsWith(words.join(' '));
}

function jobFor(scene: Scene, draft: Draft, gate: Gate, name: string): Job {
  const { app } = scene;
  const repository = draft.repository();
  const suite = ['guards.test.mjs', 'guards.mjs']
    .map((file) => `guardrails/tests/${file}`)
    .find((path) => repository.file(inApp(scene, path)));
  const isRed = gate.leftOut.some(({ kind }) => kind === 'guards');
  const installing = installingOf(repository, app, scene.installs);
  return { name, app: app.root, gate, installing, node: nodeForCi(repository, app), suite: isRed ? undefined : suite };
}

const why = 'every change is checked before it can be merged';

function write({ answers, inputs }: Scene, draft: Draft, job: Job): void {
  const path = answers.ci === 'github' ? '.github/workflows/check.yml' : '.gitlab-ci.yml';
  const template = answers.ci === 'github' ? 'github/_github/workflows/check.yml.hbs' : 'gitlab/_gitlab-ci.yml.hbs';
  const lines = answers.ci === 'github' ? githubJob(job) : gitlabJob(job, undefined);
  if (draft.read(path) === undefined)
    return draft.create(path, inputs.templates.render(`retrofit/ci/${template}`, { job: lines }), { why });
  extend(draft, path, job);
}

function extend(draft: Draft, path: string, job: Job): void {
  const text = draft.read(path) ?? '';
  const isGithub = /^\.(?:github|gitea|forgejo)\/workflows\//.test(path);
  const lines = isGithub ? githubJob(job) : gitlabJob(job, path === '.gitlab-ci.yml' ? testStage(text) : undefined);
  const into = isGithub ? jobIntoWorkflow : path === '.gitlab-ci.yml' ? jobIntoGitlab : undefined;
  const edits = into?.(text, job.name, lines);
  if (edits && saysTheSame(text, applySpans(text, edits), job.name)) {
    draft.editSpans(path, edits, { why: `${why}: ${job.gate.steps.map(({ name }) => name.toLowerCase()).join(', ')}` });
    return;
  }
  const commands = job.gate.steps.map(({ run }) => run);
  draft.leave({
    where: { path },
    why: 'this pipeline does not run these yet, and could not be extended without touching the rest of it',
    lines: isGithub && !text.includes(`${job.name}:`) ? lines.split('\n') : commands,
  });
}

/** A pipeline that also runs on a Node.js without what the guards need would turn red. */
function leaveOldVersions(draft: Draft): void {
  const repository = draft.repository();
  if (!repository.files.some(({ path }) => /(?:^|\/)guardrails\/index\.[cm]js$/.test(path))) return;
  for (const { path, system } of pipelinesOf(repository)) {
    if (system !== 'GitHub Actions') continue;
    const text = draft.read(path) ?? '';
    const edits = withoutVersions(text, (version) => /^\d/.test(version) && !runsGuards(version));
    if (edits.length > 0)
      draft.editSpans(path, edits, {
        why: `the guards need ${oldestForGuards} or newer: older versions are tested no more`,
      });
  }
}
