import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KnownError } from '../errors.ts';
import { baselineFrom, baselinePath, baselineText, type Baseline } from '../flow/baseline.ts';

/** Writes a report where somebody asked for it. */
export function writeReport(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    throw notWritten(path, error);
  }
}

/** The baseline of a folder; undefined where there is none. Throws on one that is no baseline. */
export function readBaseline(folder: string): Baseline | undefined {
  const path = join(folder, baselinePath);
  const text = textOrNothing(path);
  if (text === undefined) return undefined;
  const baseline = baselineFrom(text);
  if (baseline) return baseline;
  throw new KnownError({
    code: 'bad-baseline',
    what: 'The baseline is not one that create-shipshape has written.',
    where: path,
    next: 'Restore it from git, or remove it and run: npx create-shipshape@latest check --baseline write',
  });
}

/** Writes the baseline of a folder. */
export function writeBaseline(folder: string, baseline: Baseline): void {
  writeReport(join(folder, baselinePath), baselineText(baseline));
}

function textOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
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
