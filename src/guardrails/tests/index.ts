import { findingFrom } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { setJson } from '../../tree/json.ts';
import { addSetupFile } from '../../tree/setup-files.ts';
import { defineGuardrail } from '../guardrail.ts';
import { inspectLayers, inspectRoutesCovered, inspectTests } from './inspect.ts';
import { compilerOptions, guardVitest, packages, scripts } from './strictness.ts';

export default defineGuardrail({
  id: 'tests',
  title:
    'One command checks types, lint and every route through HTTP, and cannot be made to pass by leaving tests out.',
  why: 'What no test covers breaks unseen, and the quickest way to a green check is to switch tests off.',
  rules: ['tests/exist-and-assert', 'tests/component-covers-routes', 'arch/layer-boundaries', 'arch/strict-types'],

  inspect: (project) => [
    inspectTests(project),
    inspectRoutesCovered(project),
    inspectLayers(project),
    inspectStrictness(project),
  ],

  apply(project) {
    project.stage('tests', ['all', project.answers.framework]);
    for (const name of packages) project.addDevDependency(name);
    for (const [name, command] of Object.entries(scripts)) project.addScript(name, command);
    project.edit('vitest.config.ts', guardVitest);
    for (const file of ['fresh-start', 'record-routes'])
      project.edit('vitest.config.ts', addSetupFile(`test/guardrails/${file}.ts`));
    for (const option of compilerOptions)
      project.edit('tsconfig.json', (text) => setJson(text, ['compilerOptions', option], true));
    project.ignore('.gitignore', 'coverage');
  },
});

function inspectStrictness({ read }: Project) {
  return findingFrom('arch/strict-types', 'the compiler is strict', read, [
    ...compilerOptions.map((option) => ({
      path: 'tsconfig.json',
      holds: new RegExp(`"${option}": true`),
      otherwise: `the compiler no longer checks ${option}`,
    })),
    {
      path: '.oxlintrc.json',
      holds: /"typescript\/no-explicit-any": "error"/,
      otherwise: 'the linter lets `any` through, which switches types off',
    },
  ]);
}
