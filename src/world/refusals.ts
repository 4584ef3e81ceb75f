import { realpathSync } from 'node:fs';
import { KnownError } from '../errors.ts';
import { bytesOf, exactText } from '../tree/content.ts';
import { sumOf, type FileChange, type Step } from '../tree/step.ts';
import { lookAt, refused, whyReadOnly, type FoundFile, type NoFile, type Refusal } from './target.ts';

/** A file that cannot be changed as planned. */
export interface RefusedPath extends Refusal {
  readonly path: string;
}

/** What speaks against steps, file by file; nothing where all of them can be taken. Reads only. */
export function refusalsFor(root: string, steps: readonly Step[]): RefusedPath[] {
  const real = realpathSync(root);
  return sumOf(steps).flatMap((file) => refusalOf(real, file) ?? []);
}

/** What speaks against one change, below a real folder. */
export function refusalOf(root: string, file: FileChange): RefusedPath | undefined {
  const target = lookAt(root, file.path);
  const refusal = target.kind === 'refused' ? target : (whyNotThat(target, file) ?? whyReadOnly(target));
  return refusal && { ...refusal, path: file.path };
}

function whyNotThat(target: FoundFile | NoFile, { before, after }: FileChange): Refusal | undefined {
  if (before === undefined) {
    return target.kind === 'none' ? undefined : refused('file-in-the-way', 'is there already');
  }
  if (target.kind === 'none') return refused('changed-meanwhile', 'is not there any more');
  if (after !== undefined && typeof before === 'string' && exactText(target.bytes) === undefined)
    return refused('cannot-edit', 'is not UTF-8 text');
  return target.bytes.equals(bytesOf(before))
    ? undefined
    : refused('changed-meanwhile', 'has changed since it was read');
}

/** The error for files that cannot be changed as planned: all of them, in one. */
export function notAsPlanned(refusals: readonly RefusedPath[]): KnownError {
  const [first] = refusals as readonly [RefusedPath];
  const shown = refusals.slice(0, 5).map(({ path, why }) => `${path} ${why}`);
  const more = refusals.length > shown.length ? [`${refusals.length - shown.length} more`] : [];
  return new KnownError({
    code: first.code,
    what: `Nothing was written: ${[...shown, ...more].join('; ')}.`,
    where: first.path,
    next: advice[first.code] ?? 'Put that right, then run the same line again.',
  });
}

const advice: Readonly<Record<string, string>> = {
  'changed-meanwhile': 'Run the same line again: it plans anew with what is there now.',
  'file-in-the-way': 'Move it away or rename it, then run the same line again.',
  'not-writable': 'Change who may write there, then run the same line again.',
  'cannot-edit': 'Save it as UTF-8 in your editor, then run the same line again.',
};
