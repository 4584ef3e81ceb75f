import { randomBytes } from 'node:crypto';
import { accessSync, constants, realpathSync } from 'node:fs';
import { KnownError } from '../errors.ts';
import type { FileChange } from '../tree/step.ts';
import { openDisk, type Disk, type Pause } from './durable.ts';
import { turn, writeJournal, type Journal, type JournalFile } from './journal.ts';
import { whyNotWritten } from './not-writable.ts';
import { prepare } from './put-in-place.ts';
import { notAsPlanned, refusalOf } from './refusals.ts';
import { whileLocked } from './run-lock.ts';
import { abandon, close, putAllInPlace, settleLocked, type Workplace } from './settle-journal.ts';
import { statePlaces, type StatePlace } from './state-folder.ts';
import { lookAt } from './target.ts';
import { prepareRecords } from './undo-records.ts';

/** How a run is carried out. What it depends on beside the disk is an input. */
export interface RunOptions {
  /** The time that is written down. */
  readonly now?: Date;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Called before each effect; tests stop the run there. */
  readonly pause?: Pause;
}

/** What a run is to do. */
export interface Intent {
  readonly files: readonly FileChange[];
  /** Folders to remove where nothing is left in them, outermost first. */
  readonly clears: readonly string[];
  /** What is remembered when it is through. */
  readonly remember: (begun: Begun) => Journal['remember'];
}

/** What is known once the run begins. */
export interface Begun {
  readonly at: string;
  readonly place: StatePlace['kind'];
  readonly places: readonly StatePlace[];
  /** Folders that are made, outermost first. */
  readonly makes: readonly string[];
  readonly files: readonly JournalFile[];
}

/**
 * Changes files of a project, all or none, and remembers it. Settles first what an earlier run has left. Throws a KnownError, with the
 * project as it was, where a file is not as it should be or the system refuses.
 */
export function carryOut(root: string, intent: Intent, options: RunOptions): void {
  const real = realpathSync(root);
  refuse(real, intent.files);
  const disk = openDisk(options.pause);
  const places = statePlaces(real, options.environment);
  try {
    const place = firstUsable(places, disk);
    whileLocked(place.folder, disk, () => {
      const work = { root: real, place: place.folder, places, disk };
      if (settleLocked(work).kind !== 'nothing') refuse(real, intent.files);
      run(work, journalFor(work, place.kind, intent, options.now ?? new Date()));
    });
  } catch (error) {
    throw isFromSystem(error) ? leftAlone(real, error) : error;
  }
}

function isFromSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function refuse(root: string, files: readonly FileChange[]): void {
  const refusals = files.flatMap((file) => refusalOf(root, file) ?? []);
  if (refusals.length > 0) throw notAsPlanned(refusals);
}

/** A `.git` that we may not write to is no obstacle: then we remember things for the user. */
function firstUsable(places: readonly StatePlace[], disk: Disk): StatePlace {
  for (const place of places) {
    try {
      disk.makePrivateFolders(place.folder);
      accessSync(place.folder, constants.W_OK);
      return place;
    } catch (error) {
      if (place === places.at(-1)) throw error;
    }
  }
  throw new Error('there is always a place for the user');
}

function journalFor({ root, places }: Workplace, place: StatePlace['kind'], intent: Intent, now: Date): Journal {
  const name = randomBytes(4).toString('hex');
  const makes = new Set<string>();
  const files = intent.files.map((file, index): JournalFile => {
    const target = lookAt(root, file.path);
    if (target.kind === 'none') for (const folder of target.missing) makes.add(folder);
    const modeBefore = target.kind === 'file' ? target.mode : undefined;
    return { ...file, modeBefore, waits: `.shipshape-${name}-${index}~` };
  });
  const begun = { at: now.toISOString(), place, places, makes: [...makes].toSorted(), files };
  const { at, makes: folders } = begun;
  return { version: 1, at, files, makes: folders, clears: intent.clears, remember: intent.remember(begun) };
}

function run(work: Workplace, journal: Journal): void {
  try {
    writeJournal(work.place, journal, work.disk);
    prepareRecords(work.places, journal, work.disk);
    prepare(work.root, journal, work.disk);
    turn(work.place, 'finish', work.disk);
    putAllInPlace(work, journal, ({ path }) => {
      throw notAsPlanned([{ kind: 'refused', code: 'changed-meanwhile', path, why: 'has changed just now' }]);
    });
  } catch (error) {
    takeBackAfter(error, work, journal);
    throw error;
  }
  try {
    close(work, journal);
  } catch (error) {
    throw unsettled(work, error, 'All changes are in place, but that could not be written down');
  }
}

function takeBackAfter(error: unknown, work: Workplace, journal: Journal): void {
  try {
    abandon(work, journal);
  } catch {
    throw unsettled(work, error, 'The changes could be neither finished nor taken back');
  }
}

function leftAlone(where: string, error: unknown): KnownError {
  const what = `The project was left as it was: ${whyNotWritten(error)}.`;
  const next = 'Make room, or change who may write there, then run the same line again.';
  return new KnownError({ code: 'not-writable', what, where, next }, { cause: error });
}

function unsettled({ place }: Workplace, error: unknown, what: string): KnownError {
  return new KnownError(
    {
      code: 'unsettled',
      what: `${what}: ${whyNotWritten(error)}.`,
      where: place,
      next: 'Make room, or change who may write there. The next create-shipshape command here settles it before anything else.',
    },
    { cause: error },
  );
}
