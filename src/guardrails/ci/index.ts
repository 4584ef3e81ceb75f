import { defineGuardrail } from '../guardrail.ts';
import { inspectGithub } from './github.ts';
import { inspectGitlab } from './gitlab.ts';

export default defineGuardrail({
  id: 'ci',
  title: 'No change is merged, and nothing is deployed, before a machine that its author does not own has checked it.',
  why: 'What only runs on the laptop of its author is not run on the day it matters.',
  rules: ['ci/gate-on-pr', 'ci/workflow-hardened', 'ci/deploy-gated', 'deps/update-bot'],

  inspect: (project) => (project.answers.ci === 'github' ? inspectGithub(project) : inspectGitlab(project)),

  apply(project) {
    project.stage('ci', ['all', project.answers.ci]);
    project.addScript('guard:base', 'node scripts/base-guards.ts');
  },
});
