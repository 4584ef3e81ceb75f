import { findingFrom, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { inspectGate, without } from './gate.ts';

const pipeline = '.gitlab-ci.yml';

/** What is true of the pipeline of a project on GitLab, one finding for each rule. */
export function inspectGitlab(project: Project): Finding[] {
  return [
    inspectGate(project, pipeline, /^ {4}- if: \$CI_PIPELINE_SOURCE == "merge_request_event"$/m),
    inspectHardening(project),
    inspectDeploy(project),
    inspectUpdates(project),
  ];
}

/** `ci/workflow-hardened`: images of one exact version, nothing included from elsewhere, an end to every job. */
function inspectHardening({ read }: Project): Finding {
  const rule = 'ci/workflow-hardened';
  const images = [...(read(pipeline) ?? '').matchAll(/^ *image: *(\S+)/gm)].map(([, image = '']) => image);
  const moving = images.find((image) => !/:\d+\.\d+\.\d+|@sha256:[0-9a-f]{64}$/.test(image));
  if (moving !== undefined) {
    const message = `the image ${moving} can change under us: it names no exact version`;
    return { rule, verdict: 'fail', message, where: pipeline, remedy: 'name the exact version, such as node:26.10.0' };
  }
  return findingFrom(rule, 'images are pinned, and jobs end in time', read, [
    { path: pipeline, holds: without(/^include:/m), otherwise: 'the pipeline runs code from elsewhere' },
    { path: pipeline, holds: without(/GIT_STRATEGY: none/), otherwise: 'the pipeline does not look at the change' },
    {
      path: pipeline,
      holds: /^default:\n(?: {2}.*\n)*? {2}timeout: \d+ minutes$/m,
      otherwise: 'a job may run for an hour',
    },
  ]);
}

/** `ci/deploy-gated`: a deployment needs green checks, a named environment and a service that is not past its end. */
function inspectDeploy({ read }: Project): Finding {
  return findingFrom('ci/deploy-gated', 'nothing is deployed before it is checked, or after its end date', read, [
    {
      path: pipeline,
      holds: /^deploy:\n(?: {2}.*\n)*? {2}needs: \[check, image, expiry\]$/m,
      otherwise: 'it can be deployed without having been checked',
    },
    {
      path: pipeline,
      holds: /^deploy:\n(?: {2}.*\n)*? {2}environment:$/m,
      otherwise: 'nobody has to agree to a deployment',
    },
    {
      path: pipeline,
      holds: /^ {4}- node scripts\/expiry\.ts "\$DEPLOY_TO"$/m,
      otherwise: 'it can be deployed past its end date',
    },
  ]);
}

/** `deps/update-bot`: libraries and images are kept fresh by a bot that waits a week. */
function inspectUpdates({ read }: Project): Finding {
  const path = 'renovate.json';
  return findingFrom('deps/update-bot', 'a bot raises versions, a week after they came out', read, [
    {
      path,
      holds: /"minimumReleaseAge": "(?:[7-9]|\d\d+) days"/,
      otherwise: 'nobody raises versions, or a release is taken in its first week',
    },
    ...['npm', 'gitlabci', 'dockerfile'].map((manager) => ({
      path,
      holds: new RegExp(`"enabledManagers": \\[[^\\]]*"${manager}"`),
      otherwise: `nobody keeps ${manager} packages fresh`,
    })),
  ]);
}
