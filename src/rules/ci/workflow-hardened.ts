import type { Place } from '../../repository/place.ts';
import {
  compositeActionsOf,
  githubWorkflowsOf,
  type GithubJob,
  type GithubStep,
  type GithubWorkflow,
} from '../../repository/ci/github.ts';
import type { Repository } from '../../repository/repository.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

export default defineRule({
  id: 'ci/workflow-hardened',
  title: 'Workflows run only code of others that was looked at, with few rights and for a limited time.',
  why: 'An action that is named by a tag can be replaced by its author, or by whoever takes over the account, and then runs with the rights and the secrets of this repository.',
  weight: 'high',
  stage: 'prototype',
  measured: true,
  finds:
    'In .github/workflows and in actions of the repository: actions that are not named by a full commit, missing or wide permissions, checkouts that leave the token behind, jobs without a time limit.',
  blind: 'Settings of the organisation, and whether the commit that is named belongs to the tag in the comment.',
  fix: 'Name each action by its commit (`@<40 hex digits> # v1.2.3`), write `permissions: {}` at the top and the least per job, `persist-credentials: false` at each checkout, `timeout-minutes` at each job.',
  references: [
    'OpenSSF Scorecard Pinned-Dependencies',
    'OpenSSF Scorecard Token-Permissions',
    'OSPS-AC-04.01',
    'CWE-829',
    'CWE-250',
    'zizmor unpinned-uses, excessive-permissions, artipacked',
  ],
  check(repository) {
    const workflows = githubWorkflowsOf(repository);
    const actions = compositeActionsOf(repository);
    if (workflows.length === 0 && actions.length === 0)
      return [{ verdict: 'not-applicable', message: 'There is no workflow of GitHub Actions.' }];
    const findings = [
      ...workflows.flatMap((workflow) => [
        ...unread(workflow),
        ...permissions(repository, workflow),
        ...workflow.jobs.flatMap((job) => jobFindings(repository, workflow, job)),
      ]),
      ...actions.flatMap(({ steps }) => steps.flatMap((step) => unpinned(repository, step))),
    ];
    if (findings.length > 0) return findings;
    const path = workflows[0]?.path ?? actions[0]?.path ?? '.';
    return [
      {
        verdict: 'pass',
        message: 'Workflows name actions by commit, and have few rights and a time limit.',
        where: { path },
      },
    ];
  },
});

function unread({ path, error }: GithubWorkflow): RuleFinding[] {
  return error === undefined
    ? []
    : [{ verdict: 'unknown', message: `The workflow could not be read: ${error}.`, where: { path } }];
}

function jobFindings(repository: Repository, workflow: GithubWorkflow, job: GithubJob): RuleFinding[] {
  if (job.uses !== undefined) return calledWorkflow(repository, job);
  const pushes = job.steps.some(
    ({ run, uses }) =>
      /\bgit\s+push\b|\bsemantic-release\b|\blerna\s+(?:publish|version)\b/.test(run ?? '') ||
      /commit|push|release|changeset|pages|version/i.test(uses ?? ''),
  );
  return [
    ...job.steps.flatMap((step) => [...unpinned(repository, step), ...(pushes ? [] : tokenLeft(repository, step))]),
    ...noTimeLimit(workflow, job),
  ];
}

/** Workflows of others are often pinned by their organisation; what they do is not here to be judged. */
function calledWorkflow(repository: Repository, { uses = '', where, node }: GithubJob): RuleFinding[] {
  if (uses.startsWith('./') || /@[0-9a-f]{40}$/.test(uses)) return [];
  const { where: place } = proofAt(repository, where.path, node.get('uses')?.line);
  return [
    {
      verdict: 'unknown',
      message: `${uses} lies in another repository and is named by a tag or a branch.`,
      where: place,
    },
  ];
}

function unpinned(repository: Repository, { uses, where }: GithubStep): RuleFinding[] {
  if (
    uses === undefined ||
    uses.startsWith('./') ||
    uses.startsWith('../') ||
    /@[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(uses)
  )
    return [];
  if (uses.startsWith('docker://') && /@sha256:[0-9a-f]{64}$/.test(uses)) return [];
  const at = Math.max(uses.lastIndexOf('@'), uses.startsWith('docker://') ? uses.indexOf(':', 9) : -1);
  const [name, version] = at === -1 ? [uses, 'nothing'] : [uses.slice(0, at), uses.slice(at + 1)];
  const ownByGithub = /^(?:actions|github)\//.test(name);
  return [
    {
      verdict: 'fail',
      message: `Whoever can move the tag of ${name} runs code here, with the rights of this workflow: it is named by ${version}, not by a commit.`,
      ...proofAt(repository, where.path, where.line),
      key: name,
      weight: ownByGithub ? 'medium' : 'high',
      confidence: 'certain',
      remedy: `Write ${name}@<full commit> # ${version}.`,
    },
  ];
}

function tokenLeft(repository: Repository, { uses, where, node }: GithubStep): RuleFinding[] {
  if (!uses?.startsWith('actions/checkout@') || node.get('with')?.get('persist-credentials')?.text === 'false')
    return [];
  return [
    {
      verdict: 'fail',
      message:
        'The checkout leaves its token on the disk: every later step, and every package that runs code, can read it.',
      ...proofAt(repository, where.path, where.line),
      key: `token ${node.get('name')?.text ?? ''}`,
      weight: 'medium',
      confidence: 'certain',
      remedy: 'Add `with: { persist-credentials: false }` to the checkout.',
    },
  ];
}

function noTimeLimit({ path }: GithubWorkflow, { name, where, node, steps }: GithubJob): RuleFinding[] {
  const limited =
    node.get('timeout-minutes') !== undefined ||
    (steps.length > 0 && steps.every((step) => step.node.get('timeout-minutes') !== undefined));
  if (limited) return [];
  return [
    {
      verdict: 'fail',
      message: `The job ${name} may run for six hours when it hangs, and is paid for.`,
      where: { path, ...(where.line !== undefined && { line: where.line }) },
      key: `time ${name}`,
      weight: 'low',
      confidence: 'certain',
      remedy: 'Add `timeout-minutes: 10` to the job.',
    },
  ];
}

function permissions(repository: Repository, { path, root, jobs, triggers }: GithubWorkflow): RuleFinding[] {
  const own = jobs.map(({ node }) => node.get('permissions')).filter((node) => node !== undefined);
  const top = root.get('permissions');
  const wide = [top, ...own].filter((node) => node?.text === 'write-all');
  const tooMuch = wide.map((node) =>
    permissionFinding(
      repository,
      { path, line: node?.line ?? 1 },
      'This workflow may change everything in the repository: whatever it runs may do so too.',
      'wide permissions',
    ),
  );
  const called = triggers.length > 0 && triggers.every(({ key }) => key === 'workflow_call');
  if (top !== undefined || called || jobs.every(({ node }) => node.get('permissions') !== undefined)) return tooMuch;
  return [
    ...tooMuch,
    permissionFinding(
      repository,
      { path },
      'Nothing says what this workflow may do: it gets the rights that the repository gives to all, often to write.',
      'no permissions',
    ),
  ];
}

function permissionFinding(repository: Repository, { path, line }: Place, message: string, key: string): RuleFinding {
  return {
    verdict: 'fail',
    message,
    ...proofAt(repository, path, line),
    key,
    confidence: 'certain',
    remedy:
      'Write `permissions: {}` at the top of the workflow, and in each job what it needs, such as `contents: read`.',
  };
}
