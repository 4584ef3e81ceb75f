import { inApp } from '../../retrofit/in-app.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { dependenciesOf } from '../../repository/apps.ts';
import { checksTypes, lints, runsTests, watches } from '../../repository/programs.ts';
import type { Repository } from '../../repository/repository.ts';
import { commandsOfScript, type Command } from '../../repository/scripts.ts';
import { installingOf } from '../../repository/installing.ts';

/** What a step of the gate looks at. */
export type StepKind = 'types' | 'lint' | 'build' | 'tests' | 'guards';

/** One command of the gate, in the folder of the app. */
export interface GateStep {
  readonly kind: StepKind;
  /** For people. */
  readonly name: string;
  readonly run: string;
  /** The script of package.json that it is, if it is one. */
  readonly script?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What the gate runs, and what it does not run yet. */
export interface Gate {
  readonly steps: readonly GateStep[];
  readonly leftOut: readonly (GateStep & { readonly why: string })[];
}

/** What the project has to check itself with. `red` are commands (as they are run here, or as package.json writes them) that fail today: no gate is made of them. */
export function ciSteps(scene: Scene, red: ReadonlySet<string>, repository: Repository = scene.repository): Gate {
  const all = [...ownSteps(scene, repository), ...guardSteps(scene, repository)];
  const green = scene.today?.green ?? new Set<string>();
  const reasons = all.map((step) => ({ step, why: whyNot(scene, step, red, green) }));
  return {
    steps: reasons.flatMap(({ step, why }) => (why === undefined ? step : [])),
    leftOut: reasons.flatMap(({ step, why }) => (why === undefined ? [] : { ...step, why })),
  };
}

function whyNot(
  scene: Scene,
  step: GateStep,
  red: ReadonlySet<string>,
  green: ReadonlySet<string>,
): string | undefined {
  const names = namesOf(scene, step);
  if (names.some((name) => red.has(name))) return 'it fails today';
  // Nobody has tried it: a linter that was never heeded has hundreds of complaints.
  return step.kind === 'lint' && !names.some((name) => green.has(name))
    ? 'nobody has tried whether it passes'
    : undefined;
}

/** All words for the same command. */
function namesOf({ app }: Scene, { run, script }: GateStep): string[] {
  const scripts = app.manifest?.scripts;
  const text = script === undefined ? undefined : scripts?.get(script);
  if (script === undefined || text === undefined) return [run, run.replace(/^(?:npx|pnpm exec|yarn run|bunx) /, '')];
  const whole = [scripts?.get(`pre${script}`), text, scripts?.get(`post${script}`)].filter(Boolean).join(' && ');
  return [run, script, text, whole, `npm ${script}`, `npm run ${script}`, `yarn ${script}`, `pnpm ${script}`];
}

function ownSteps(scene: Scene, repository: Repository): GateStep[] {
  const { app } = scene;
  const { run, exec, manager } = installingOf(repository, app);
  const names = [...(app.manifest?.scripts.keys() ?? [])];
  const lasts = (name: string): readonly Command[] => commandsOfScript(repository, app, name);
  const named = (pattern: RegExp, holds: (command: Command) => boolean): string | undefined =>
    names.find((name) => pattern.test(name) && lasts(name).some(holds) && !lasts(name).some(watches));
  const step = (kind: StepKind, name: string, script: string): GateStep => {
    const isReact = lasts(script).some(({ words }) =>
      /^(?:react-scripts|craco|react-app-rewired)$/.test(words[0] ?? ''),
    );
    // For Create React App a warning is an error wherever CI is set.
    return {
      kind,
      name,
      run: script === 'test' && manager === 'npm' ? 'npm test' : `${run} ${script}`,
      script,
      ...(isReact && kind === 'build' && { env: { CI: 'false' } }),
    };
  };
  const types = named(/^(?:type-?check|check-?types|types|tsc|type-check)$/, checksTypes);
  const lint = named(
    /^(?:lint|eslint)(?::check|:ci)?$/,
    (command) => lints(command) && !command.words.includes('--fix'),
  );
  const build = names.find((name) => name === 'build' && !lasts(name).some(watches));
  const tests = named(/^test$/, runsTests);
  const buildsTypes = build !== undefined && lasts(build).some(checksTypes);
  return [
    ...(types !== undefined ? [step('types', 'Types', types)] : buildsTypes ? [] : typesOf(scene, repository, exec)),
    ...(lint === undefined ? [] : [step('lint', 'Lint', lint)]),
    ...(build === undefined ? [] : [step('build', 'Build', build)]),
    ...(tests === undefined ? [] : [step('tests', 'Tests', tests)]),
  ];
}

function typesOf(scene: Scene, repository: Repository, exec: string): GateStep[] {
  const isTyped = repository.file(inApp(scene, 'tsconfig.json')) && dependenciesOf(scene.app).has('typescript');
  return isTyped ? [{ kind: 'types', name: 'Types', run: `${exec} tsc --noEmit` }] : [];
}

/** The guard tests, where the tests of the project do not run them already. */
function guardSteps(scene: Scene, repository: Repository): GateStep[] {
  const suite = ['guards.test.mjs', 'guards.mjs']
    .map((name) => `guardrails/tests/${name}`)
    .find((path) => repository.file(inApp(scene, path)));
  // Without a server there are no guard tests that would look at the list of guard files.
  const { guardrails } = scene.answers;
  if (suite === undefined && guardrails.includes('agents') && guardrails.includes('ownership'))
    return [{ kind: 'guards', name: 'Guard files', run: 'node guardrails/tests/guard-files.mjs' }];
  if (suite === undefined || runsGuardTests(scene, repository, suite)) return [];
  return [{ kind: 'guards', name: 'Guard tests', run: `node --test ${suite}` }];
}

function runsGuardTests({ app }: Scene, repository: Repository, suite: string): boolean {
  const commands = commandsOfScript(repository, app, 'test').filter(runsTests);
  if (commands.some(({ words }) => words.some((word) => word.includes('guardrails/tests/')))) return true;
  const besides = app.files.some(
    ({ path, role }) =>
      role === 'test' &&
      /(?:^|\/)guards[\w.-]*\.[cm]?[jt]s$/.test(path) &&
      (repository.read(path) ?? '').includes(suite.replace(/^guardrails/, '')),
  );
  const finds = commands.some(({ words }) => words.includes('--test') && words.at(-1) === '--test');
  return (commands.length > 0 && besides) || (finds && suite.includes('.test.'));
}
