import { KnownError } from '../errors.ts';
import type { Flag } from './flags.ts';
import { createLine, quote } from './replay.ts';
import { whoRanUs } from './settle.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of npm itself, which say nothing about us: npx sets `yes`, and `verbose`, `help`, `version` stay with npm. */
const ofNpm = new Set(['--yes', '--verbose', '--help', '--version']);

/**
 * npm keeps flags for itself when ` -- ` is missing: of `npm create shipshape my-app --dry-run` we see `my-app` alone, and
 * would write. What it kept stands in the environment, and the values of flags it does not know come as stray words.
 */
export function refuseSwallowedFlags(argv: readonly string[], flags: readonly Flag[], environment: Environment): void {
  if (!ranByNpm(environment)) return;
  const typed = new Set(argv.map((word) => word.split('=')[0]));
  const missing = flags.filter((flag) => !ofNpm.has(flag.name) && !typed.has(flag.name));
  const strays = argv.filter((word) => !word.startsWith('-'));
  const swallowed = missing.flatMap((flag) => {
    const words = found(flag, strays, environment);
    if (words[1] !== undefined && strays.includes(words[1])) strays.splice(strays.indexOf(words[1]), 1);
    return words;
  });
  if (swallowed.length === 0) return;
  const values = new Set(swallowed);
  const kept = argv.filter((word) => !values.has(word));
  throw new KnownError({
    code: 'swallowed-flags',
    what: `npm kept ${swallowed.filter((word) => word.startsWith('--')).join(' ')} for itself, because " -- " is missing.`,
    where: 'npm',
    next: correctedLine(kept, swallowed, environment),
  });
}

function ranByNpm(environment: Environment): boolean {
  return environment['npm_command'] !== undefined && whoRanUs(environment['npm_config_user_agent']) === 'npm';
}

/** The flag as it was typed, `['--framework', 'express']`, or nothing. */
function found(flag: Flag, strays: readonly string[], environment: Environment): string[] {
  const value = settingOf(flag, environment);
  if (value === undefined) return [];
  if (flag.kind === 'switch') return value === 'true' ? [flag.name] : [];
  if (flag.kind === 'off') return value === '' || value === 'false' ? [flag.name] : [];
  if (value !== 'true') return fits(flag, value) ? [flag.name, value] : [];
  const stray = strays.find((word) => fits(flag, word));
  return stray === undefined ? [flag.name] : [flag.name, stray];
}

/** npm writes `--dry-run` as `npm_config_dry_run` and `--no-git` as an empty `npm_config_git`; it takes `--ci` for `--cidr`. */
function settingOf(flag: Flag, environment: Environment): string | undefined {
  const word = flag.name.replace(/^--(?:no-)?/, '').replaceAll('-', '_');
  return environment[`npm_config_${word === 'ci' ? 'cidr' : word}`];
}

/** Guards against a user's own npm setting of the same name, such as `runtime=electron`. */
function fits(flag: Flag, value: string): boolean {
  if (flag.kind === 'choice') return flag.values.includes(value);
  if (flag.kind === 'list') return value.split(',').every((part) => flag.values.includes(part));
  return flag.kind === 'text' && flag.pattern.test(value);
}

function correctedLine(words: readonly string[], swallowed: readonly string[], environment: Environment): string {
  const [directory = 'my-app', ...flags] = words;
  const all = [directory, ...flags, ...swallowed];
  if (environment['npm_command'] === 'init') return createLine('npm', 'latest', all);
  return `npx create-shipshape@latest ${all.map(quote).join(' ')}`;
}
