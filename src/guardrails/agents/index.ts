import { findingFrom, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { defineGuardrail } from '../guardrail.ts';
import { guardChanges, guardList, guardListPath } from './guard-list.ts';
import { inspectInstructions } from './instructions.ts';

const guardFiles = 'agent/guard-files-protected';

export default defineGuardrail({
  id: 'agents',
  title: 'Nobody, and no coding agent, changes what judges the work without a person noticing.',
  why: 'The quickest way to a green check is to edit the check, and an agent takes it as readily as a person in a hurry.',
  rules: [guardFiles, 'agent/instructions-sound'],

  inspect: (project) => [inspectGuardFiles(project), inspectInstructions(project)],

  apply(project) {
    const { auth, ci } = project.answers;
    project.stage('agents', ['all', auth, ci]);
    project.addScript('guard:check', 'node scripts/guard-files.ts');
    project.addScript('guard:update', 'node scripts/guard-files.ts update');
    project.addScript('precheck', 'node scripts/guard-files.ts');
  },

  seal: ({ tree }) => tree.write(guardListPath, currentList({ tree })),
});

function currentList({ tree }: Pick<Project, 'tree'>): string {
  return guardList(tree.paths(), (path) => tree.read(path) ?? '');
}

function inspectGuardFiles(project: Project): Finding {
  const finding = findingFrom(guardFiles, 'guard files are listed, and checked before everything else', project.read, [
    { path: guardListPath, otherwise: 'a change to what judges the work goes unnoticed: guard files are not listed' },
    {
      path: 'package.json',
      holds: /"precheck": "node scripts\/guard-files\.ts"/,
      otherwise: 'check starts without a look at the guard files',
    },
    { path: 'scripts/guard-files.ts', otherwise: 'nothing compares the guard files with their list' },
    {
      path: 'test/guardrails/guard-files.test.ts',
      holds: /scripts\/guard-files\.ts/,
      otherwise: 'no test compares the guard files with their list',
    },
  ]);
  if (finding.verdict !== 'pass') return finding;
  const [first, ...others] = guardChanges(project.read(guardListPath), currentList(project));
  if (!first) return finding;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return {
    rule: guardFiles,
    verdict: 'fail',
    message: `guard files are not as they were written down: ${first.path} was ${first.kind}${more}`,
    where: first.path,
    remedy: `take it back, or run ${project.values['run']} guard:update and let a code owner read it`,
  };
}
