import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KnownError } from '../errors.ts';
import type { UndoRecord } from '../flow/undo-record.ts';
import type { FileChange } from '../tree/step.ts';
import type { Disk } from './durable.ts';
import { printPacked, unpack } from './packed-contents.ts';

/** One file of a run. */
export interface JournalFile extends FileChange {
  /** The permission bits that it has before the run. */
  readonly modeBefore: number | undefined;
  /** The name under which its new content waits beside it. */
  readonly waits: string;
}

/** All that a run is about to do, written down before it does anything. */
export interface Journal {
  readonly version: 1;
  /** When the run began, as an ISO time. */
  readonly at: string;
  /** In the order in which they are put in place. */
  readonly files: readonly JournalFile[];
  /** Folders that the run makes, outermost first. */
  readonly makes: readonly string[];
  /** Folders that the run removes when nothing is left in them. */
  readonly clears: readonly string[];
  /** What is remembered when the run is through, by id of a run; null forgets one. */
  readonly remember: readonly {
    readonly place: 'git' | 'user';
    readonly id: string;
    readonly record: UndoRecord | null;
  }[];
}

/** What is to become of a run that was stopped. It is finished once all new contents have waited, safe, beside their files. */
export type Direction = 'take-back' | 'finish';

const directions: readonly Direction[] = ['finish', 'take-back'];

/** The journal that a run has left behind, and what is to become of it; undefined where none has. */
export function readJournal(place: string): { readonly direction: Direction; readonly journal: Journal } | undefined {
  const direction = directions.find((candidate) => existsSync(fileOf(place, candidate)));
  if (!direction) return undefined;
  const journal = unpack(readFileSync(fileOf(place, direction), 'utf8')) as Journal | undefined;
  if (!isOurs(journal)) throw unreadable(fileOf(place, direction));
  return { direction, journal };
}

/** A journal that came with somebody's `.git` must not name files outside of the project. Paths are looked at where they are used. */
function isOurs(journal: Journal | undefined): journal is Journal {
  return (
    journal?.version === 1 &&
    journal.files.every(({ waits }) => /^\.shipshape-[\da-f]{8}-\d+~$/.test(waits)) &&
    journal.remember.every(({ id }) => /^\d{4,}$/.test(id))
  );
}

/** True when a run has left something of a journal, whole or half. */
export function isLeft(place: string): boolean {
  return filesIn(place).some((file) => existsSync(file));
}

/** Writes a journal down: from here on, whatever the run does is taken back if it is stopped. */
export function writeJournal(place: string, journal: Journal, disk: Disk): void {
  const file = fileOf(place, 'take-back');
  disk.remove(half(file));
  disk.write(half(file), Buffer.from(printPacked(journal)), { mode: 0o600 });
  disk.rename(half(file), file);
  disk.settle(place);
}

/** From here on, a run that is stopped goes the other way. */
export function turn(place: string, to: Direction, disk: Disk): void {
  const from = to === 'finish' ? 'take-back' : 'finish';
  if (!existsSync(fileOf(place, from))) return;
  disk.rename(fileOf(place, from), fileOf(place, to));
  disk.settle(place);
}

/** Forgets the journal: the run is through, or taken back. */
export function removeJournal(place: string, disk: Disk): void {
  for (const file of filesIn(place)) disk.remove(file);
  disk.settle(place);
}

function filesIn(place: string): string[] {
  const files = directions.map((direction) => fileOf(place, direction));
  return [...files, ...files.map(half)];
}

/** The name of a journal while it is being written. */
function half(file: string): string {
  return `${file}.new`;
}

function fileOf(place: string, direction: Direction): string {
  return join(place, `journal-to-${direction}.json`);
}

function unreadable(file: string): KnownError {
  return new KnownError({
    code: 'unsettled',
    what: 'A run that was stopped has left a journal that cannot be read: this version of create-shipshape does not know it, or the disk has lost it.',
    where: file,
    next: 'Run the version that wrote it. Or look at the project with git status, put it right by hand, and remove that file.',
  });
}
