import { textOf, type Content } from '../tree/content.ts';
import { isListOfLines, replayText, type LineConflict } from './replay-text.ts';
import type { RecordedStep } from './undo-record.ts';

/** A change that we do not take back, and what a person does instead. */
export interface ByHand {
  readonly path: string;
  /** The line in the file as it is now, from 1. */
  readonly line: number;
  /** Why, in a clause that follows the name of the file. */
  readonly why: string;
  /** The lines that we had written, to be taken out. */
  readonly remove: readonly string[];
  /** The lines that stood there before; undefined where they hold a secret, which is never shown. */
  readonly putBack: readonly string[] | undefined;
}

/** Takes one step back in a file that is not as the step left it. `later` are steps on that file that stay. */
export function stepBack(
  step: RecordedStep,
  later: readonly RecordedStep[],
  now: Content | undefined,
): { readonly content: Content | undefined } | { readonly byHand: readonly ByHand[] } {
  if (now === undefined) return { content: undefined };
  const { path, before } = step;
  const [from, to, text] = [textOf(step.after), textOf(before ?? ''), textOf(now)];
  if (step.after === undefined) return whole(step, 'was removed and has been made anew: keep it, or remove it by hand');
  if (from === undefined || to === undefined || text === undefined) return whole(step, `is no UTF-8 text (any more)`);
  if (before === undefined && !isListOfLines(path))
    return whole(step, whyMadeFileStays(later), firstDifference(from, text));
  const replayed = replayText(path, from, to, text);
  if (!replayed.ok) return { byHand: explained(step, later, replayed.conflicts) };
  const isEmptied = before === undefined && replayed.text.trim() === '';
  return { content: isEmptied ? undefined : replayed.text };
}

function whole({ path }: RecordedStep, why: string, line = 1): { readonly byHand: readonly ByHand[] } {
  return { byHand: [{ path, line, why, remove: [], putBack: undefined }] };
}

function whyMadeFileStays(later: readonly RecordedStep[]): string {
  const other = later.at(-1)?.by;
  if (other !== undefined) return `is needed by ${other} too: undo ${other} first`;
  return 'was made for you and has been edited since: remove it by hand when its content is not needed';
}

function explained(
  step: RecordedStep,
  later: readonly RecordedStep[],
  conflicts: readonly LineConflict[],
): readonly ByHand[] {
  const blocking = later.find((other) => standsInTheWay(other, step));
  const why = blocking
    ? `has been changed on the same lines by ${blocking.by}: undo ${blocking.by} first`
    : 'has been edited on the same lines since';
  if (conflicts.length === 0) return whole(step, why).byHand;
  return conflicts.map(({ line, remove, insert }) => ({
    path: step.path,
    line,
    why,
    remove,
    putBack: step.hides ? undefined : insert,
  }));
}

/** True when a step cannot be taken back although nobody but a later step has changed the file. */
function standsInTheWay({ after }: RecordedStep, step: RecordedStep): boolean {
  const [from, to, text] = [textOf(step.after), textOf(step.before ?? ''), textOf(after)];
  if (from === undefined || to === undefined || text === undefined) return true;
  return !replayText(step.path, from, to, text).ok;
}

function firstDifference(one: string, other: string): number {
  const lines = other.split('\n');
  const line = one.split('\n').findIndex((text, index) => text !== lines[index]);
  return line === -1 ? 1 : line + 1;
}
