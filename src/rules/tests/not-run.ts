import { appsOf } from '../../repository/apps.ts';
import { ciCommandsOf } from '../../repository/pipelines.ts';
import { runsTests } from '../../repository/programs.ts';
import type { Repository } from '../../repository/repository.ts';
import { commandsOfScript } from '../../repository/scripts.ts';
import type { TestFile } from '../../repository/test-files.ts';
import type { RuleFinding } from '../rule.ts';

/** Whether a script or a CI step starts the tests, and whether a red one is seen. */
export function notRun(repository: Repository, tests: readonly TestFile[]): RuleFinding[] {
  const scripts = appsOf(repository).flatMap((app) =>
    [...(app.manifest?.scripts.keys() ?? [])]
      .filter((name) => !/^(?:pre|post)/.test(name))
      .flatMap((name) => commandsOfScript(repository, app, name).map((command) => ({ app, name, command }))),
  );
  const runs = scripts.filter(({ command }) => runsTests(command));
  const inCi = ciCommandsOf(repository).some((command) => runsTests(command) && command.through.length === 0);
  if (runs.some(({ command }) => !command.ignored) || inCi || runsWithoutScript(repository)) return [];
  const [lost] = runs;
  if (lost?.command.script)
    return [
      {
        verdict: 'fail',
        message: 'The tests run, and their result is thrown away: red tests look green.',
        where: lost.command.script,
        evidence: lost.app.manifest?.scripts.get(lost.name) ?? '',
        key: `ignored ${lost.name}`,
        confidence: 'certain',
        remedy: `Take what hides the failure (\`|| true\`, \`; exit 0\`) out of the script "${lost.name}".`,
      },
    ];
  const unclear = scripts.find(
    ({ name, command }) => /test/.test(name) && !/^(?:echo|exit|true)$/.test(command.words[0] ?? ''),
  );
  if (unclear && !runsOnlyKnown(unclear.command.words))
    return [
      {
        verdict: 'unknown',
        message: `Whether "${unclear.name}" runs the tests could not be told: ${unclear.command.words.join(' ')}.`,
        where: unclear.command.script ?? { path: '.' },
      },
    ];
  return [
    {
      verdict: 'fail',
      message: 'There are tests, and no command runs them: they may have been red for months.',
      where: { path: tests[0]?.path ?? '.' },
      key: 'not run',
      confidence: 'likely',
      searched: ['scripts of package.json', 'CI'],
      remedy: 'Write a script `test` into package.json that runs them.',
    },
  ];
}

/** `deno test` and `bun test` need no script. */
function runsWithoutScript(repository: Repository): boolean {
  return ['deno.json', 'deno.jsonc', 'bun.lock', 'bun.lockb', 'bunfig.toml'].some((path) => repository.file(path));
}

/** Programs of which it is known that they run no test. */
function runsOnlyKnown([program = '']: readonly string[]): boolean {
  return /^(?:eslint|prettier|tsc|oxlint|biome|echo|exit|true|rm|cp|npm|sleep|curl)$/.test(program);
}
