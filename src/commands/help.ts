import { commonFlags, usageOf, type Flag } from '../answers/flags.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import { didYouMean } from '../answers/nearest.ts';
import { wrap, type Terminal } from '../world/terminal.ts';
import type { Command } from './command.ts';
import { abouts } from './abouts.ts';
import { commands, isCommand } from './registry.ts';

/** Prints the help of everything, or of one command. */
export const help: Command = {
  usage: 'create-shipshape help [command]',
  about: abouts.help,
  examples: ['create-shipshape help generate'],
  flags: commonFlags,
  run: ({ words: [word = 'create'] }, { terminal }) => {
    if (!isCommand(word)) throw unknownCommand(word);
    printHelp(commands[word](), terminal, word === 'create');
    return Promise.resolve<ExitCode>(0);
  },
};

/** The help of one command; with `overview`, also the list of commands. */
export function printHelp(command: Command, terminal: Terminal, overview: boolean): void {
  const { bold, dim } = terminal.colors;
  terminal.print(`${bold('Usage')}  ${command.usage}`);
  terminal.print(`\n${wrap(command.about, terminal.width)}`);
  if (overview) printList('Commands', Object.entries(abouts), terminal);
  for (const group of new Set(command.flags.map((flag) => flag.group))) {
    const flags = command.flags.filter((flag) => flag.group === group);
    printList(
      group,
      flags.map((flag) => [usageOf(flag), aboutOf(flag)]),
      terminal,
    );
  }
  terminal.print(`\n${bold('Examples')}`);
  for (const example of command.examples) terminal.print(`  ${dim('$')} ${example}`);
}

function printList(title: string, rows: readonly (readonly [string, string])[], terminal: Terminal): void {
  const column = Math.min(36, Math.max(...rows.map(([left]) => left.length)) + 4);
  terminal.print(`\n${terminal.colors.bold(title)}`);
  for (const [left, right] of rows) terminal.print(row(`  ${left}`, right, column, terminal.width));
}

/** Two columns; a left side that is too long gets a line of its own. */
function row(left: string, right: string, column: number, width: number): string {
  const margin = ' '.repeat(column);
  const text = wrap(right, width - column).replaceAll('\n', `\n${margin}`);
  return left.length < column - 1 ? left.padEnd(column) + text : `${left}\n${margin}${text}`;
}

function aboutOf(flag: Flag): string {
  const values = flag.kind === 'list' ? `: any of ${flag.values.join(', ')}` : '';
  const usual = 'usual' in flag && flag.usual !== undefined ? ` [${flag.usual}]` : '';
  return `${flag.about}${values}${usual}`;
}

function unknownCommand(word: string): KnownError {
  const names = Object.keys(commands);
  return new KnownError({
    code: 'unknown-command',
    what: `There is no command "${word}". ${didYouMean(word, names) ?? ''}`.trim(),
    where: word,
    next: `Commands: ${names.join(' ')}`,
  });
}
