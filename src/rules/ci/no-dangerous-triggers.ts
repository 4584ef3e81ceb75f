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
  id: 'ci/no-dangerous-triggers',
  title: 'Nothing that a stranger writes runs with the rights or the secrets of the repository.',
  why: 'One pull request, or one issue with a clever title, can take the keys with which the program is deployed.',
  weight: 'blocker',
  stage: 'prototype',
  measured: false,
  finds:
    'Workflows on pull_request_target or workflow_run that check out the code of the pull request; texts of strangers (titles, branch names, comments) that are put into shell commands or scripts; secrets that are handed to workflows of others; coding agents that strangers start and that may write.',
  blind: 'What the actions of others do with the texts that they are given.',
  fix: 'Use pull_request for code of strangers. Hand texts over by `env:` and read them as "$TITLE".',
  references: ['OpenSSF Scorecard Dangerous-Workflow', 'OSPS-BR-01.01', 'OSPS-BR-01.03', 'CWE-94'],
  check(repository) {
    const workflows = githubWorkflowsOf(repository);
    if (workflows.length === 0)
      return [{ verdict: 'not-applicable', message: 'There is no workflow of GitHub Actions.' }];
    const findings = [
      ...workflows.flatMap((workflow) =>
        workflow.jobs.flatMap((job) => [
          ...foreignCode(repository, workflow, job),
          ...handedSecrets(repository, job),
          ...agents(repository, workflow, job),
          ...job.steps.flatMap((step) => injections(repository, step)),
        ]),
      ),
      ...compositeActionsOf(repository).flatMap(({ steps }) => steps.flatMap((step) => injections(repository, step))),
    ];
    if (findings.length > 0) return findings;
    return [
      {
        verdict: 'pass',
        message: 'No workflow runs what a stranger wrote.',
        where: { path: workflows[0]?.path ?? '.' },
      },
    ];
  },
});

const head =
  /github\.event\.(?:pull_request\.head\.|workflow_run\.head_|number|pull_request\.number|issue\.number)|github\.head_ref|refs\/pull\//;

/** `pull_request_target` has secrets and may write: the code of the pull request must not run there. */
function foreignCode(repository: Repository, { triggers }: GithubWorkflow, { steps, node }: GithubJob): RuleFinding[] {
  const trigger = triggers.find(({ key }) => /^(?:pull_request_target|workflow_run|issue_comment)$/.test(key));
  if (!trigger) return [];
  const labelled =
    /author_association|contains\(.*labels|event\.label\.name|github\.event\.pull_request\.head\.repo\.full_name\s*==\s*github\.repository/.test(
      node.get('if')?.text ?? '',
    );
  return steps.flatMap((step) => {
    const ref = step.node.get('with')?.get('ref')?.text ?? '';
    const checksOut = step.uses?.startsWith('actions/checkout@') && head.test(ref);
    const byHand = /gh\s+pr\s+checkout|git\s+(?:fetch|checkout)[^\n]*(?:pull\/|FETCH_HEAD)/.test(step.run ?? '');
    if (!checksOut && !byHand) return [];
    return [
      {
        verdict: 'fail' as const,
        message: `A stranger's pull request runs here with the rights and secrets of the repository (${trigger.key}).`,
        ...proofAt(repository, step.where.path, byHand ? step.runLine : step.where.line),
        confidence: labelled ? ('review' as const) : ('certain' as const),
        remedy:
          'Use the trigger `pull_request`, which has neither; do what needs a secret in a second workflow that runs no code of the pull request.',
      },
    ];
  });
}

/** Values that a stranger chooses. */
const text =
  /\$\{\{[^}]*?(github\.(?:head_ref|event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label|repo\.\w+))|comment\.body|review\.body|review_comment\.body|discussion\.(?:title|body)|pages[\w.[\]*]*|commits[\w.[\]*]*\.(?:message|author\.(?:email|name))|head_commit\.(?:message|author\.(?:email|name))|workflow_run\.(?:head_branch|head_commit\.message|display_title))))[^}]*\}\}/g;

function injections(repository: Repository, step: GithubStep): RuleFinding[] {
  const script = step.uses?.startsWith('actions/github-script@') ? step.node.get('with')?.get('script') : undefined;
  const code = step.run ?? script?.text;
  const first = step.run === undefined ? script?.textLine : step.runLine;
  if (code === undefined) return [];
  return [...code.matchAll(text)].map((match) => ({
    verdict: 'fail',
    message: `Whoever opens an issue or a pull request can run commands here: ${match[1]} is put into the script as it is.`,
    ...proofAt(repository, step.where.path, (first ?? 1) + code.slice(0, match.index).split('\n').length - 1),
    key: match[1] ?? '',
    confidence: 'certain',
    remedy: `Put it into \`env:\` of the step (\`TEXT: \${{ ${match[1]} }}\`) and use "$TEXT" in the script.`,
  }));
}

function handedSecrets(repository: Repository, { uses = '', node, where }: GithubJob): RuleFinding[] {
  const secrets = node.get('secrets');
  if (secrets?.text !== 'inherit' || uses.startsWith('./') || uses === '') return [];
  return [
    {
      verdict: 'fail',
      message: `Every secret of the repository is handed to ${uses}, which is kept by others.`,
      ...proofAt(repository, where.path, secrets.line),
      key: `inherit ${uses}`,
      confidence: 'likely',
      remedy: 'Name the secrets that it needs, one by one.',
    },
  ];
}

const agent =
  /^(?:anthropics\/claude-code(?:-base)?-action|openai\/codex-action|google-(?:gemini|github-actions)\/[\w-]*gemini[\w-]*|github\/copilot[\w-]*|cursor\/[\w-]+|sst\/opencode[\w/-]*|block\/goose[\w-]*|OpenHands\/[\w-]+|aider[\w-]*\/[\w-]+)@?/i;

/** A text of a stranger that tells an agent what to do. */
function agents(
  repository: Repository,
  { triggers, root }: GithubWorkflow,
  { steps, node, where }: GithubJob,
): RuleFinding[] {
  const open = triggers.find(({ key }) =>
    /^(?:issue_comment|issues|pull_request_target|discussion|discussion_comment|pull_request_review_comment|pull_request_review)$/.test(
      key,
    ),
  );
  const step = steps.find(({ uses }) => agent.test(uses ?? ''));
  if (!open || !step) return [];
  const permissions = [node.get('permissions'), root.get('permissions')].find(Boolean);
  const writes =
    permissions === undefined ||
    permissions.text === 'write-all' ||
    permissions.entries.some(({ value }) => value.text === 'write');
  const limited = /author_association|github\.actor\s*==|sender\.login|contains\(fromJSON/.test(
    `${node.get('if')?.text ?? ''} ${step.node.get('if')?.text ?? ''}`,
  );
  if (!writes || limited) return [];
  return [
    {
      verdict: 'fail',
      message: `Anybody who writes a comment can tell a coding agent what to do here, and it may write (${open.key}).`,
      ...proofAt(repository, where.path, step.where.line),
      confidence: 'likely',
      remedy:
        'Start it only for members (`if: contains(fromJSON(\'["OWNER","MEMBER","COLLABORATOR"]\'), github.event.comment.author_association)`), or with `contents: read`.',
    },
  ];
}
