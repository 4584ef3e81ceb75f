import { lstatSync, mkdirSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { KnownError } from '../errors.ts';
import { baselineFrom, baselinePath, baselineText, type Baseline } from '../flow/baseline.ts';
import { bytesOfFile } from './checkout-bytes.ts';

/** Writes a report where somebody asked for it. */
export function writeReport(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    throw notWritten(path, error);
  }
}

/** The baseline of a folder; undefined where there is none. Throws on one that is no baseline, and on one that lies somewhere else. */
export function readBaseline(folder: string): Baseline | undefined {
  const path = join(folder, baselinePath);
  refuseDetours(path);
  if (statsOf(path) === undefined) return undefined;
  const baseline = baselineFrom(textOf(path));
  if (baseline) return baseline;
  throw new KnownError({
    code: 'bad-baseline',
    what: 'The baseline is not one that create-shipshape has written.',
    where: path,
    next: 'Restore it from git, or remove it and run: npx create-shipshape@latest check --baseline write',
  });
}

/** Writes the baseline of a folder, into that folder and nowhere else. */
export function writeBaseline(folder: string, baseline: Baseline): void {
  const path = join(folder, baselinePath);
  refuseDetours(path);
  writeReport(path, baselineText(baseline));
}

/** A link would lead out of the repository, and whoever opens a pipe waits for ever. */
function refuseDetours(path: string): void {
  const above = statsOf(dirname(path));
  if (above && !above.isDirectory()) throw detour(dirname(path), above, 'a folder');
  const own = statsOf(path);
  if (own && !own.isFile()) throw detour(path, own, 'a file');
}

function detour(path: string, stats: Stats, wanted: string): KnownError {
  const found = stats.isSymbolicLink()
    ? 'a link'
    : stats.isDirectory()
      ? 'a folder'
      : 'something else (a pipe, a device)';
  return new KnownError({
    code: 'bad-baseline',
    what: `The baseline has to be a file of this repository, and here is ${found} instead of ${wanted}.`,
    where: path,
    next: 'Remove it, and run: npx create-shipshape@latest check --baseline write',
  });
}

/** What stands at a path itself, links not followed; undefined for nothing. */
function statsOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function textOf(path: string): string {
  try {
    const bytes = bytesOfFile(path);
    return typeof bytes === 'string' ? '' : bytes.toString('utf8');
  } catch {
    return '';
  }
}

function notWritten(path: string, error: unknown): KnownError {
  const reason = error instanceof Error ? error.message : String(error);
  return new KnownError(
    {
      code: 'not-writable',
      what: `The report cannot be written: ${reason}.`,
      where: path,
      next: 'Choose another file with --output.',
    },
    { cause: error },
  );
}
