import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { openDisk, type Disk, type Pause } from './durable.ts';
import { isLeft, readJournal, removeJournal, turn, type Journal, type JournalFile } from './journal.ts';
import {
  dropWaiting,
  putInPlace,
  removeEmptyFolders,
  settleFolders,
  standingOf,
  takeBack,
  waitsFor,
} from './put-in-place.ts';
import { whileLocked } from './run-lock.ts';
import { statePlaces, type StatePlace } from './state-folder.ts';
import { dropPreparedRecords, keepRecords } from './undo-records.ts';

/** What became of a run that was stopped half-way. */
export type Settled =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'finished' | 'taken back';
      /** When the run began, as an ISO time. */
      readonly at: string;
      /** What was done, and the reason, in one sentence. */
      readonly why: string;
      /** Files of that run that somebody has edited since it was stopped. They are left as they are. */
      readonly edited: readonly string[];
    };

export interface SettleOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly pause?: Pause;
}

/**
 * Finishes or takes back what a run that was stopped has left. Whoever writes calls this before anything else. Touches nothing where
 * nothing was left. Throws `another-run` while that run is alive, and `unsettled` where its journal cannot be read.
 */
export function settleJournal(root: string, { environment = process.env, pause }: SettleOptions = {}): Settled {
  const places = statePlaces(root, environment);
  const disk = openDisk(pause);
  for (const { folder } of places) {
    if (!existsSync(join(folder, 'lock')) && !isLeft(folder)) continue;
    const work = { root: realpathSync(root), place: folder, places, disk };
    const settled = whileLocked(folder, disk, () => settleLocked(work));
    if (settled.kind !== 'nothing') return settled;
  }
  return { kind: 'nothing' };
}

/** Where a run works, once it holds the lock. */
export interface Workplace {
  /** The real folder of the project. */
  readonly root: string;
  /** The folder that holds its journal. */
  readonly place: string;
  readonly places: readonly StatePlace[];
  readonly disk: Disk;
}

/** The same, for whoever holds the lock. */
export function settleLocked(work: Workplace): Settled {
  const left = readJournal(work.place);
  if (!left) {
    removeJournal(work.place, work.disk);
    return { kind: 'nothing' };
  }
  const { journal, direction } = left;
  const edited = journal.files.filter((file) => standingOf(work.root, file) === 'edited');
  const cannotFinish = edited.filter((file) => file.after === undefined || waitsFor(work.root, file));
  if (direction === 'finish' && cannotFinish.length === 0) {
    putAllInPlace(work, journal, () => {});
    close(work, journal);
    const why = 'All changes were ready when it was stopped, so the rest was put in place.';
    return { kind: 'finished', at: journal.at, why, edited: edited.map(({ path }) => path) };
  }
  const why =
    direction === 'finish'
      ? 'A file that it had not reached has been edited since, so the others were given their old content back.'
      : 'It was stopped before all changes were ready, so the project was left as it had been.';
  return { kind: 'taken back', at: journal.at, why, edited: abandon(work, journal) };
}

/** Puts in place what is not there yet. What somebody has edited meanwhile is told and left alone. */
export function putAllInPlace(
  { root, disk }: Workplace,
  { files, clears }: Journal,
  whenEdited: (file: JournalFile) => void,
): void {
  for (const file of files) {
    const standing = standingOf(root, file);
    if (standing === 'old') putInPlace(root, file, disk);
    if (standing === 'edited') whenEdited(file);
    dropWaiting(root, file, disk);
  }
  settleFolders(root, files, disk);
  removeEmptyFolders(root, clears, disk);
}

/** Remembers the run, and ends it. */
export function close({ place, places, disk }: Workplace, journal: Journal): void {
  keepRecords(places, journal, disk);
  removeJournal(place, disk);
}

/** Takes a run back. Returns the files that somebody has edited meanwhile. */
export function abandon({ root, place, places, disk }: Workplace, journal: Journal): string[] {
  turn(place, 'take-back', disk);
  const edited = takeBack(root, journal, disk);
  dropPreparedRecords(places, journal, disk);
  removeJournal(place, disk);
  return edited;
}
