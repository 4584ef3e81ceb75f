import { realpathSync } from 'node:fs';
import type { RecordedStep } from '../flow/undo-record.ts';
import { afterOf, beforeOf, type Step } from '../tree/step.ts';
import type { RunOptions } from './carry-out.ts';
import { openDisk } from './durable.ts';
import { whileLocked } from './run-lock.ts';
import { statePlaces } from './state-folder.ts';
import { keepRecords, prepareRecords, readRecords } from './undo-records.ts';

/** Adds what a program has done after a run, such as an install to the lock file, so that undoing the run takes it back too. */
export function addToRecord(root: string, id: string, steps: readonly Step[], options: RunOptions = {}): void {
  const places = statePlaces(realpathSync(root), options.environment);
  const stored = readRecords(places).find(({ record }) => record.id === id);
  const place = places.find(({ kind }) => kind === stored?.place);
  if (!stored || !place || steps.length === 0) return;
  const record = { ...stored.record, steps: [...stored.record.steps, ...steps.map(recordedFrom)] };
  const disk = openDisk(options.pause);
  whileLocked(place.folder, disk, () => {
    const remember = [{ place: place.kind, id, record }];
    prepareRecords(places, { remember }, disk);
    keepRecords(places, { remember }, disk);
  });
}

function recordedFrom(step: Step): RecordedStep {
  const { by, path, hides = false } = step;
  return { by, path, before: beforeOf(step), after: afterOf(step), modeBefore: undefined, modeAfter: undefined, hides };
}
