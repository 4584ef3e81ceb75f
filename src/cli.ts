import { parse } from './answers/parse.ts';
import { refuseSwallowedFlags } from './answers/swallowed.ts';
import type { CommandName } from './commands/abouts.ts';
import { printHelp } from './commands/help.ts';
import { commands, isCommand } from './commands/registry.ts';
import { reporterFor } from './commands/report.ts';
import type { Session } from './commands/session.ts';
import { isReserved } from './answers/reserved.ts';
import { exitCodeOf, failureOf, KnownError, type ExitCode } from './errors.ts';
import { ownName } from './world/own-name.ts';
import { openTerminal } from './world/terminal.ts';
import { timings, traceStages } from './world/timings.ts';

declare const SHIPSHAPE_VERSION: string;

const argv = process.argv.slice(2);
const typed = (flag: string): boolean => argv.includes(flag);
const session = openSession();
void start();

async function start(): Promise<void> {
  if (typed('--timings')) await traceStages();
  process.exitCode = await main().catch(fail);
  if (typed('--timings')) reporterFor(session).timings(await timings());
}

async function main(): Promise<ExitCode> {
  const [name, words] = commandOf(argv);
  const command = commands[name]();
  refuseSwallowedFlags(argv, command.flags, session.environment);
  const line = parse(words, command.flags);
  if (line.given.has('--version')) return say(session.version);
  if (line.given.has('--help')) return helpFor(name);
  return command.run(line, session);
}

/** The first word tells the command; without one it is `create`. Words of commands to come are refused, not made a project. */
function commandOf(words: readonly string[]): [CommandName, readonly string[]] {
  const [first, ...rest] = words;
  if (isCommand(first)) return [first, rest];
  if (first !== undefined && isReserved(first)) throw notYetBuilt(first);
  return ['create', words];
}

function openSession(): Session {
  const { env: environment, versions } = process;
  const clock = new Date();
  const asTyped = ownName(environment, import.meta.dirname);
  const terminal = openTerminal(environment, typed('--no-color'));
  return {
    workingDirectory: process.cwd(),
    environment,
    clock,
    circumstances: { clock, nodeVersion: versions.node, userAgent: environment['npm_config_user_agent'] },
    version: SHIPSHAPE_VERSION,
    terminal: {
      ...terminal,
      print: (line) => terminal.print(asTyped(line)),
      complain: (line) => terminal.complain(asTyped(line)),
    },
    asTyped,
    json: typed('--json'),
  };
}

function fail(error: unknown): ExitCode {
  const failure = failureOf(error);
  const stack = failure.code === 'unexpected' && typed('--verbose') && error instanceof Error ? error.stack : undefined;
  reporterFor(session).failure(failure, stack);
  return exitCodeOf(failure);
}

function helpFor(name: CommandName): ExitCode {
  printHelp(commands[name](), session.terminal, name === 'create');
  return 0;
}

function notYetBuilt(command: string): KnownError {
  return new KnownError({
    code: 'not-yet-built',
    what: `The command ${command} does not exist yet in version ${session.version}.`,
    where: command,
    next: `These do: ${Object.keys(commands).join(', ')}`,
  });
}

function say(text: string): ExitCode {
  session.terminal.print(text);
  return 0;
}
