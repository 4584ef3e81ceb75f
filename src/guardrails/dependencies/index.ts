import type { Project } from '../../flow/project.ts';
import { readJson, setJson } from '../../tree/json.ts';
import { appendLine } from '../../tree/lines.ts';
import { defineGuardrail } from '../guardrail.ts';
import { ceilingFor, renderCeiling } from './ceiling.ts';
import { inspectInstalls, inspectLockfile } from './inspect.ts';
import { managers } from './managers.ts';

export default defineGuardrail({
  id: 'dependencies',
  title:
    'What is installed is exact, old enough to have been looked at, runs no program of its own, and does not grow unnoticed.',
  why: 'Packages are the largest part of an app, and the one that strangers can change.',
  rules: ['deps/lockfile-frozen', 'deps/exist-and-aged'],

  inspect: (project) => [inspectLockfile(project), inspectInstalls(project)],

  apply(project) {
    const { packageManager, runtime } = project.answers;
    project.stage('dependencies', ['all', packageManager]);
    project.tree.write('test/guardrails/package-ceiling.ts', renderCeiling(ceilingFor(project.answers)));
    if (packageManager === 'npm' && runtime === 'system')
      project.edit('.npmrc', (text) => appendLine(text, 'engine-strict=true'));
    if (packageManager === 'yarn') project.addDevDependency('vite');
    nameManager(project);
  },
});

/** Corepack, CI and people read there which package manager the lockfile is of. npm comes with Node.js and needs no entry. */
function nameManager(project: Project): void {
  const version = managers[project.answers.packageManager].version;
  if (version === undefined) return;
  project.edit('package.json', (text) =>
    'packageManager' in (readJson(text) as object) ? false : setJson(text, ['packageManager'], version),
  );
}
