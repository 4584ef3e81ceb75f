import { resolve } from 'node:path';
import { commonFlags, type Flag } from '../answers/flags.ts';
import { has, type CommandLine } from '../answers/parse.ts';
import { checkUntouched, drillOne, type FaultResult, type RunScript } from '../drill/drill.ts';
import { chosenFaults } from '../drill/faults/index.ts';
import { projectToDrill } from '../drill/project-to-drill.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import { cleanEnvironment, run } from '../world/process.ts';
import type { Command } from './command.ts';
import type { Session } from './session.ts';

const drillFlags: readonly Flag[] = [
  {
    name: '--only',
    kind: 'text',
    shape: '<ids>',
    pattern: /^[a-z0-9-]+(,[a-z0-9-]+)*$/,
    group: 'Drill',
    about: 'plant only these faults, separated by commas',
  },
  {
    name: '--determined',
    kind: 'switch',
    group: 'Drill',
    about: 'whoever plants the fault also updates the list of guard files',
  },
  ...commonFlags,
];

/** How many copies are checked at the same time. */
const atOnce = 2;

/** Plants faults into throw-away copies of a project, one at a time, and tells which its own check catches. */
export const drill: Command = {
  usage: 'create-shipshape drill [dir] [flags]',
  about:
    'Plants faults into throw-away copies of a project, one at a time, and runs its own check: does it bite? It runs the code of the project, and changes nothing in it.',
  examples: [
    'npx create-shipshape@latest drill',
    'npx create-shipshape@latest drill my-app --only gate-removed,key-split',
  ],
  flags: drillFlags,
  run: (line, session) => runDrill(line, session),
};

async function runDrill(line: CommandLine, session: Session): Promise<ExitCode> {
  const project = projectToDrill(resolve(session.workingDirectory, line.words[0] ?? '.'));
  const faults = chosenFaults(line.given.get('--only'));
  const script = scriptRunner(session);
  const say = (text: string): void => (session.json ? session.terminal.complain(text) : session.terminal.print(text));

  say(`Checking an untouched copy of ${project} first`);
  const untouched = await checkUntouched(project, script);
  if (!untouched.green) throw redBefore(project, untouched.output);

  const results: FaultResult[] = [];
  const queue = [...faults];
  const work = async (): Promise<void> => {
    for (let fault = queue.shift(); fault; fault = queue.shift()) {
      const result = await drillOne(project, fault, script, has(line, '--determined'));
      results.push(result);
      say(lineFor(result, session));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return conclude(results, session);
}

function scriptRunner({ environment }: Session): RunScript {
  return async (folder, script) => {
    const { ok, output } = await run('npm', ['run', script], {
      folder,
      environment: { ...cleanEnvironment(environment), CI: 'true' },
    });
    return { green: ok, output };
  };
}

function lineFor({ outcome, id, title, caughtBy }: FaultResult, { terminal: { colors } }: Session): string {
  const mark = {
    caught: colors.green('caught'),
    missed: colors.red('MISSED'),
    'not planted': colors.yellow('no place'),
  }[outcome];
  return `${mark}  ${id}: ${title}${caughtBy ? `\n        ${colors.dim(caughtBy)}` : ''}`;
}

/** 0 when every fault that could be planted was caught. */
function conclude(results: readonly FaultResult[], { terminal, json }: Session): ExitCode {
  const count = (outcome: FaultResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const planted = results.length - count('not planted');
  if (json) terminal.print(JSON.stringify({ planted, caught: count('caught'), results }, null, 2));
  else terminal.print(`\n${count('caught')} of ${planted} faults were caught by npm run check.`);
  return count('missed') === 0 ? 0 : 1;
}

function redBefore(project: string, output: string): KnownError {
  const tail = output.split('\n').slice(-12);
  return new KnownError({
    code: 'check-is-red',
    what: ['The check of the project fails before any fault is planted, so a drill would prove nothing.', ...tail].join(
      '\n',
    ),
    where: project,
    next: 'Mend what npm run check says, then run the drill again.',
  });
}
