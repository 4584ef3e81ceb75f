import { afterOf, beforeOf, modeOf, sumOf, type Step } from '../tree/step.ts';
import type { RecordedStep, UndoRecord } from '../flow/undo-record.ts';
import { carryOut, type Begun, type RunOptions } from './carry-out.ts';
import { nextId } from './undo-records.ts';

/**
 * Writes steps to a project that exists: all of them or none, whatever stops the run. Contents are exact; files keep their permission bits
 * and their owner. Returns the record by which the run can be undone; undefined where there is nothing to do. Throws `changed-meanwhile`,
 * `file-in-the-way`, `unsafe-path`, `cannot-edit`, `not-writable` or `another-run`, with the project as it was.
 */
export function applyChanges(root: string, steps: readonly Step[], options: RunOptions = {}): UndoRecord | undefined {
  const files = sumOf(steps);
  if (files.length === 0) return undefined;
  let record: UndoRecord | undefined;
  const remember = (begun: Begun) => {
    record = recordOf(steps, begun);
    return [{ place: begun.place, id: record.id, record }];
  };
  carryOut(root, { files, clears: [], remember }, options);
  return record;
}

function recordOf(steps: readonly Step[], { at, places, makes, files }: Begun): UndoRecord {
  const modes = new Map(files.map(({ path, modeBefore }) => [path, modeBefore]));
  const recorded = steps.map((step): RecordedStep => {
    const { by, path, hides = false } = step;
    const modeBefore = modes.get(path);
    const modeAfter = modeOf(step) ?? modeBefore;
    modes.set(path, modeAfter);
    return { by, path, before: beforeOf(step), after: afterOf(step), modeBefore, modeAfter, hides };
  });
  return { id: nextId(places), at, steps: recorded, folders: makes };
}
