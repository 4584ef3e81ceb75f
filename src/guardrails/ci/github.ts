import { findingFrom, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { inspectGate } from './gate.ts';

const ci = '.github/workflows/ci.yml';
const deploy = '.github/workflows/deploy.yml';
const updates = '.github/dependabot.yml';

/** What is true of the workflows of a project on GitHub, one finding for each rule. */
export function inspectGithub(project: Project): Finding[] {
  return [
    inspectGate(project, ci, /^ {2}pull_request:$/m),
    inspectHardening(project),
    inspectDeploy(project),
    inspectUpdates(project),
  ];
}

/** `ci/workflow-hardened`: actions pinned, token read-only, no credentials left behind, an end to every job. */
function inspectHardening({ tree, read }: Project): Finding {
  const rule = 'ci/workflow-hardened';
  const workflows = tree.paths().filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
  const weak = workflows.flatMap((path) => weaknesses(read(path) ?? '').map((message) => ({ path, message })))[0];
  const where = weak?.path ?? '.github/workflows';
  const remedy = `restore ${where} as it was created`;
  if (weak) return { rule, verdict: 'fail', message: weak.message, where, remedy };
  if (workflows.length === 0) return { rule, verdict: 'fail', message: 'there are no workflows', where, remedy };
  return { rule, verdict: 'pass', message: 'workflows are pinned, read-only and end in time', where };
}

function weaknesses(text: string): string[] {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const moving = [...text.matchAll(/^(?! *#) *(?:- )?uses: *(\S+)/gm)].find(
    ([, action = '']) => !isPinned(action),
  )?.[1];
  const found = [
    moving !== undefined && `${moving} can change under us: its owner may move the tag (pin the full SHA)`,
    !/^permissions: \{\}$/m.test(text) && 'the token of the workflow may do more than its jobs need',
    count(/uses: *actions\/checkout@/g) > count(/persist-credentials: false/g) &&
      'checkout leaves its credentials for every later step',
    count(/^ {4}runs-on:/gm) > count(/^ {4}timeout-minutes:/gm) && 'a job may run for six hours: it has no timeout',
    /\b(?:pull_request_target|workflow_run):/.test(text) &&
      'code of a stranger may run with the rights of this repository',
    /^(?! {6,}group:).*run:.*\$\{\{ *github\.(?:event|head_ref)/m.test(text) &&
      'the text of a stranger ends up in a command',
  ];
  return found.filter((message) => message !== false);
}

function isPinned(action: string): boolean {
  return action.startsWith('./') || /@[0-9a-f]{40}$/.test(action) || /@sha256:[0-9a-f]{64}$/.test(action);
}

/** `ci/deploy-gated`: a deployment needs green checks, a named environment and a service that is not past its end. */
function inspectDeploy({ read }: Project): Finding {
  return findingFrom('ci/deploy-gated', 'nothing is deployed before it is checked, or after its end date', read, [
    {
      path: deploy,
      holds: /^ {4}needs: \[check, expiry\]$/m,
      otherwise: 'it can be deployed without having been checked',
    },
    {
      path: deploy,
      holds: /^ {4}uses: \.\/\.github\/workflows\/ci\.yml$/m,
      otherwise: 'the check before a deployment is not the real one',
    },
    {
      path: deploy,
      holds: /^ {4}uses: \.\/\.github\/workflows\/expiry\.yml$/m,
      otherwise: 'it can be deployed past its end date',
    },
    {
      path: deploy,
      holds: /^ {6}environment: \$\{\{ inputs\.environment \}\}$/m,
      otherwise: 'an experiment can be deployed to production',
    },
    { path: deploy, holds: /^ {4}environment: \S/m, otherwise: 'nobody has to agree to a deployment' },
  ]);
}

/** `deps/update-bot`: libraries, actions and images are kept fresh by a bot that waits a week. */
function inspectUpdates({ read, values }: Project): Finding {
  const ecosystems = [values['updateEcosystem'], 'github-actions', 'docker'];
  const evidence = ecosystems.map((name) => ({
    path: updates,
    holds: new RegExp(
      `package-ecosystem: ${name}\\n(?: {4}.*\\n)*? {4}cooldown:\\n {6}default-days: (?:[7-9]|\\d\\d+)\\n`,
    ),
    otherwise: `nobody keeps ${name} packages fresh, or a release is taken in its first week`,
  }));
  return findingFrom('deps/update-bot', 'a bot raises versions, a week after they came out', read, evidence);
}
