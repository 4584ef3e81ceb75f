import { resolve } from 'node:path';
import { has, type CommandLine } from '../answers/parse.ts';
import { choice } from '../answers/values.ts';
import { KnownError } from '../errors.ts';
import { failOns, type FailOn } from '../flow/fail-on.ts';
import type { Selection } from '../flow/select.ts';
import type { Stage } from '../flow/report.ts';
import { baselineUses, formats, type Format } from './check-flags.ts';
import type { Session } from './session.ts';

/** A file to write, and the form of the report in it. */
export interface Output {
  readonly path: string;
  readonly format: Format;
}

/** What somebody wants to know, from the command line. */
export interface CheckRequest {
  readonly folder: string;
  /** Undefined: as the repository says. */
  readonly stage: Stage | undefined;
  readonly selection: Selection;
  /** Revisions. */
  readonly changed: string | undefined;
  readonly diff: string | undefined;
  readonly baseline: (typeof baselineUses)[number] | undefined;
  readonly failOn: FailOn;
  /** What is printed. */
  readonly format: Format;
  readonly outputs: readonly Output[];
  readonly all: boolean;
  /** Look through the history of git, too. */
  readonly history: boolean;
  /** Start it in a copy. */
  readonly boot: { readonly agreed: boolean; readonly installScripts: boolean } | undefined;
}

/** What the ending of a file says about its form. */
const endings: Readonly<Record<string, string>> = {
  html: 'html',
  htm: 'html',
  json: 'json',
  sarif: 'sarif',
  md: 'markdown',
};

/** Reads and judges a command line. Throws on the first thing that is no good. */
export function checkRequest(line: CommandLine, session: Session): CheckRequest {
  refuseMoreWords(line);
  refuseContradictions(line);
  const given = <const Value extends string>(flag: string, values: readonly Value[]): Value | undefined => {
    const text = line.given.get(flag);
    return text === undefined ? undefined : choice(text, values, flag);
  };
  const format = given('--format', formats);
  const outputs = outputsFrom(line.given.get('--output'), format, session);
  const written = outputs.some((output) => output.format === format);
  return {
    folder: resolve(session.workingDirectory, line.words[0] ?? '.'),
    stage: given('--stage', ['prototype', 'production']),
    selection: { only: listed(line.given.get('--only')), skip: listed(line.given.get('--skip')) },
    changed: line.given.get('--changed'),
    diff: line.given.get('--diff'),
    baseline: given('--baseline', baselineUses),
    failOn: given('--fail-on', failOns) ?? 'blocking',
    format: session.json ? 'json' : ((written ? undefined : format) ?? 'text'),
    outputs,
    all: has(line, '--all'),
    history: has(line, '--history'),
    boot: has(line, '--boot')
      ? { agreed: has(line, '--yes'), installScripts: has(line, '--install-scripts') }
      : undefined,
  };
}

/** `report.html,report.sarif`: the ending tells the format, else --format does. */
function outputsFrom(text: string | undefined, format: Format | undefined, { workingDirectory }: Session): Output[] {
  return listed(text).map((name) => {
    const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
    const byEnding = formats.find((candidate) => candidate === endings[ending]);
    const only = listed(text).length === 1 ? format : undefined;
    return { path: resolve(workingDirectory, name), format: only ?? byEnding ?? format ?? 'text' };
  });
}

function listed(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}

function refuseMoreWords({ words }: CommandLine): void {
  if (words.length <= 1) return;
  throw new KnownError({
    code: 'too-many-arguments',
    what: `One folder is expected, and ${words.length} words were given: ${words.join(' ')}.`,
    where: words[1] ?? '',
    next: 'Keep the folder. A revision goes behind its flag: --diff main, --changed=main.',
  });
}

const contradictions = [
  ['--changed', '--diff', 'Both leave out what did not change.'],
  ['--changed', '--history', 'The history is about the whole repository.'],
  ['--diff', '--history', 'The history is about the whole repository.'],
  ['--changed', '--boot', 'A running app is asked as a whole.'],
  ['--diff', '--boot', 'A comparison is about what is written.'],
  ['--changed', '--baseline', 'A baseline is about the whole repository.'],
  ['--diff', '--baseline', 'A comparison has a revision to compare with already.'],
] as const;

function refuseContradictions(line: CommandLine): void {
  for (const [one, other, why] of contradictions) {
    if (!has(line, one) || !has(line, other)) continue;
    throw new KnownError({
      code: 'conflicting-flags',
      what: `${one} does not go with ${other}. ${why}`,
      where: other,
      next: `Leave ${other} out, or run check twice.`,
    });
  }
  refuseWithoutBoot(line);
  if (line.given.get('--baseline') !== 'write') return;
  const partial = (['--only', '--skip'] as const).find((flag) => has(line, flag));
  if (partial === undefined) return;
  throw new KnownError({
    code: 'conflicting-flags',
    what: `${partial} does not go with --baseline write. A baseline is about all rules.`,
    where: partial,
    next: `Leave ${partial} out.`,
  });
}

/** What only has a meaning with --boot. */
function refuseWithoutBoot(line: CommandLine): void {
  const flag = (['--yes', '--install-scripts'] as const).find((name) => has(line, name));
  if (flag === undefined || has(line, '--boot')) return;
  throw new KnownError({
    code: 'conflicting-flags',
    what: `${flag} means something with --boot only: nothing else runs code of the project.`,
    where: flag,
    next: `Add --boot, or leave ${flag} out.`,
  });
}
