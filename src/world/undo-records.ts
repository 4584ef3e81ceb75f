import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KnownError } from '../errors.ts';
import type { UndoRecord } from '../flow/undo-record.ts';
import type { Disk } from './durable.ts';
import type { Journal } from './journal.ts';
import { printPacked, unpack } from './packed-contents.ts';
import type { StatePlace } from './state-folder.ts';

/** A record, and where it lies. */
export interface StoredRecord {
  readonly place: StatePlace['kind'];
  readonly record: UndoRecord;
}

/** What past runs have done to a project, oldest first. */
export function readRecords(places: readonly StatePlace[]): StoredRecord[] {
  const stored = places.flatMap(({ kind, folder }) =>
    idsIn(folder).map((id): StoredRecord => ({ place: kind, record: readRecord(fileOf(folder, id)) })),
  );
  return stored.toSorted((one, other) => Number(one.record.id) - Number(other.record.id));
}

/** The id of the next run: four digits or more. */
export function nextId(places: readonly StatePlace[]): string {
  const last = Math.max(0, ...places.flatMap(({ folder }) => idsIn(folder).map(Number)));
  return String(last + 1).padStart(4, '0');
}

/** Writes what is to be remembered beside where it is kept: what needs room on the disk happens before the project is touched. */
export function prepareRecords(
  places: readonly StatePlace[],
  { remember }: Pick<Journal, 'remember'>,
  disk: Disk,
): void {
  for (const { place, id, record } of remember) {
    const folder = folderOf(places, place);
    if (record === null) continue;
    disk.makePrivateFolders(join(folder, 'runs'));
    disk.remove(waitingFile(folder, id));
    disk.write(waitingFile(folder, id), Buffer.from(printPacked({ version: 1, record })), { mode: 0o600 });
  }
}

/** Remembers and forgets what a journal says; doing it again changes nothing. */
export function keepRecords(places: readonly StatePlace[], { remember }: Pick<Journal, 'remember'>, disk: Disk): void {
  for (const { place, id, record } of remember) {
    const folder = folderOf(places, place);
    if (record === null) disk.remove(fileOf(folder, id));
    else if (existsSync(waitingFile(folder, id))) disk.rename(waitingFile(folder, id), fileOf(folder, id));
    disk.settle(join(folder, 'runs'));
  }
}

/** Removes what has been written and is not kept. */
export function dropPreparedRecords(
  places: readonly StatePlace[],
  { remember }: Pick<Journal, 'remember'>,
  disk: Disk,
): void {
  for (const { place, id } of remember) disk.remove(waitingFile(folderOf(places, place), id));
}

function idsIn(folder: string): string[] {
  const runs = join(folder, 'runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs).flatMap((name) => /^(\d{4,})\.json$/.exec(name)?.[1] ?? []);
}

function readRecord(file: string): UndoRecord {
  const stored = unpack(readFileSync(file, 'utf8')) as { version?: number; record?: UndoRecord } | undefined;
  if (stored?.version === 1 && stored.record) return stored.record;
  throw new KnownError({
    code: 'unsettled',
    what: 'What an earlier run has done cannot be read: this version of create-shipshape does not know it, or the disk has lost it.',
    where: file,
    next: 'Run the version that wrote it, or remove that file; that run can then be undone by hand only.',
  });
}

function folderOf(places: readonly StatePlace[], kind: StatePlace['kind']): string {
  const place = places.find((candidate) => candidate.kind === kind);
  if (place) return place.folder;
  throw new Error('the journal speaks of a repository that is not there any more');
}

function fileOf(folder: string, id: string): string {
  return join(folder, 'runs', `${id}.json`);
}

function waitingFile(folder: string, id: string): string {
  return `${fileOf(folder, id)}.new`;
}
