import { commonFlags, type Flag } from '../answers/flags.ts';
import { didYouMean } from '../answers/nearest.ts';
import { has, type CommandLine } from '../answers/parse.ts';
import { treeOf } from '../drill/throw-away-copy.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import type { Change } from '../tree/tree.ts';
import { applyChanges } from '../world/changes.ts';
import { scriptCommand } from '../world/install.ts';
import { openGenerators, type Generators } from '../world/plop.ts';
import { shippedInputs } from '../world/shipped-inputs.ts';
import type { Command } from './command.ts';
import { answersFor } from './generators/answers.ts';
import { updateGuardList, wasTrue, type GuardListOutcome } from './generators/guard-list.ts';
import { routeNames } from './generators/names.ts';
import { shipshapeProject, type ShipshapeProject } from './generators/project.ts';
import { routeGenerator } from './generators/route.ts';
import { abouts } from './abouts.ts';
import type { Session } from './session.ts';

const generateFlags: readonly Flag[] = [
  { name: '--dry-run', kind: 'switch', group: 'Generate', about: 'print what would be written, and write nothing' },
  ...commonFlags,
];

/** Writes the next piece of a project; without a word it lists what it can write, the project's own generators too. */
export const generate: Command = {
  usage: 'create-shipshape generate [generator] [name] [flags]',
  about: `${abouts.generate}. Generators of the project's own plopfile are listed and run as well.`,
  examples: ['npx create-shipshape@latest generate', 'npx create-shipshape@latest generate route parking-permits'],
  flags: generateFlags,
  run: (line, session) => runGenerate(line, session),
};

async function runGenerate(line: CommandLine, session: Session): Promise<ExitCode> {
  const [wanted, ...words] = line.words;
  const project = shipshapeProject(session.workingDirectory);
  const { templates } = shippedInputs(session.version, session.clock);
  const tree = treeOf(project.folder);
  const trueBefore = wasTrue(tree);
  const generators = await openGenerators(project.folder, [routeGenerator(tree, project.framework, templates)]);
  if (wanted === undefined) return list(generators, session);

  const generator = generators.list.find(({ name }) => name === wanted);
  if (!generator) throw unknownGenerator(wanted, generators);
  if (generator.own) return runTheirs(wanted, words, generators, session);

  await generators.run(wanted, routeNames(words[0] ?? ''));
  const guarded = updateGuardList(tree, trueBefore);
  const changes = tree.changes();
  if (!has(line, '--dry-run')) applyChanges(project.folder, changes);
  tell(changes, guarded, has(line, '--dry-run'), project, session);
  return 0;
}

function list({ list: all }: Generators, { terminal, json }: Session): ExitCode {
  if (json) terminal.print(JSON.stringify({ code: 'generators', generators: all }, null, 2));
  const width = Math.max(...all.map(({ name }) => name.length)) + 2;
  if (!json) {
    for (const { name, description, own } of all) {
      terminal.print(
        `  ${name.padEnd(width)}${description}${own ? terminal.colors.dim(' (plopfile of this project)') : ''}`,
      );
    }
  }
  return 0;
}

/** A generator of the project's own writes as plop lets it: at once, by its own actions. */
async function runTheirs(
  name: string,
  words: readonly string[],
  generators: Generators,
  { terminal, json }: Session,
): Promise<ExitCode> {
  const answers = await answersFor(name, generators.questions(name), words, terminal.interactive && !json);
  const done = await generators.run(name, answers);
  if (json) terminal.print(JSON.stringify({ code: 'generated', by: 'plopfile', done }, null, 2));
  else for (const line of done) terminal.print(`  ${line}`);
  return 0;
}

function tell(
  changes: readonly Change[],
  guarded: GuardListOutcome,
  dryRun: boolean,
  { packageManager }: ShipshapeProject,
  { terminal, json }: Session,
): void {
  const next = [...(guarded === 'was stale' ? ['guard:update'] : []), 'check'].map((name) =>
    scriptCommand(packageManager, name),
  );
  const files = changes.map(({ kind, path }) => ({ kind, path }));
  if (json)
    return terminal.print(JSON.stringify({ code: dryRun ? 'planned' : 'generated', files, guarded, next }, null, 2));
  for (const { kind, path } of files) terminal.print(`  ${kind.padEnd(6)}  ${path}`);
  terminal.print(`\n${guardSentence(guarded)}`);
  terminal.print(dryRun ? '\nNothing was written.' : `\nNext\n${next.map((command) => `  ${command}`).join('\n')}`);
}

function guardSentence(outcome: GuardListOutcome): string {
  const opened =
    'src/guardrails/access.ts decides who may call which route: both new routes are for whoever is signed in.';
  switch (outcome) {
    case 'updated':
      return `${opened}\nIt is a guard file. Its new fingerprint is in .shipshape/guard-files.json, and a code owner has to approve it.`;
    case 'was stale':
      return `${opened}\nOther guard files had changed before, so the list was left alone: look at them, then run guard:update.`;
    case 'absent':
      return opened;
  }
}

function unknownGenerator(word: string, { list: all }: Generators): KnownError {
  const names = all.map(({ name }) => name);
  return new KnownError({
    code: 'unknown-generator',
    what: `There is no generator "${word}". ${didYouMean(word, names) ?? ''}`.trim(),
    where: word,
    next: `Generators: ${names.join(', ')}`,
  });
}
