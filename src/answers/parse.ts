import { KnownError } from '../errors.ts';
import { usageOf, type Flag } from './flags.ts';
import { didYouMean } from './nearest.ts';

/** A command line taken apart, not yet judged: flag name with dashes to its text (`''` for switches). */
export interface CommandLine {
  readonly words: readonly string[];
  readonly given: ReadonlyMap<string, string>;
}

/** Takes `--flag value`, `--flag=value`, `-y` and words apart. Throws on whatever the command does not know. */
export function parse(argv: readonly string[], flags: readonly Flag[]): CommandLine {
  const words: string[] = [];
  const given = new Map<string, string>();
  const rest = [...argv];
  for (let token = rest.shift(); token !== undefined; token = rest.shift()) {
    if (token === '--') {
      words.push(...rest);
      break;
    }
    if (!token.startsWith('-') || token === '-') {
      words.push(token);
      continue;
    }
    const [name, inline] = split(token);
    const flag = flagCalled(name, flags);
    if (given.has(flag.name) && takesValue(flag)) throw givenTwice(flag);
    given.set(flag.name, textFor(flag, inline, rest));
  }
  return { words, given };
}

/** True when the flag was typed. */
export function has(line: CommandLine, name: `--${string}`): boolean {
  return line.given.has(name);
}

function split(token: string): [name: string, inline: string | undefined] {
  const equals = token.indexOf('=');
  return equals === -1 ? [token, undefined] : [token.slice(0, equals), token.slice(equals + 1)];
}

function flagCalled(name: string, flags: readonly Flag[]): Flag {
  const flag = flags.find((known) => known.name === name || (known.kind === 'switch' && known.short === name));
  if (flag) return flag;
  const names = flags.map((known) => known.name);
  throw new KnownError({
    code: 'unknown-flag',
    what: `There is no flag ${name}. ${didYouMean(name, names) ?? ''}`.trim(),
    where: name,
    next: `Flags: ${names.join(' ')}`,
  });
}

function textFor(flag: Flag, inline: string | undefined, rest: string[]): string {
  if (flag.kind === 'detail') return inline === undefined || inline.trim() === '' ? flag.usual : inline.trim();
  return takesValue(flag) ? valueOf(flag, inline, rest) : withoutValue(flag, inline);
}

function takesValue(flag: Flag): boolean {
  return flag.kind === 'choice' || flag.kind === 'list' || flag.kind === 'text';
}

function valueOf(flag: Flag, inline: string | undefined, rest: string[]): string {
  const next = rest[0];
  const value = inline ?? (next !== undefined && !next.startsWith('-') ? rest.shift() : undefined);
  if (value !== undefined && value.trim() !== '') return value.trim();
  throw new KnownError({
    code: 'missing-value',
    what: `${flag.name} needs a value.`,
    where: flag.name,
    next: `Write it as ${usageOf(flag)}`,
  });
}

function withoutValue(flag: Flag, inline: string | undefined): string {
  if (inline === undefined) return '';
  throw new KnownError({
    code: 'bad-value',
    what: `${flag.name} takes no value, and "${inline}" was given.`,
    where: flag.name,
    next: `Write ${flag.name} alone, or leave it out.`,
  });
}

function givenTwice(flag: Flag): KnownError {
  return new KnownError({
    code: 'repeated-flag',
    what: `${flag.name} was given twice.`,
    where: flag.name,
    next: flag.kind === 'list' ? `Write the list once: ${flag.name} ${flag.values.slice(0, 2).join(',')}` : `Keep one.`,
  });
}
