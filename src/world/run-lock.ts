import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KnownError } from '../errors.ts';
import { isRunning } from './disk.ts';
import type { Disk } from './durable.ts';

/** Milliseconds after which a lock counts as forgotten, whoever has its number now: no run writes for that long. */
const longest = 10 * 60_000;

/** Does something while no other run can change the project. Throws `another-run`. */
export function whileLocked<T>(place: string, disk: Disk, work: () => T): T {
  const lock = join(place, 'lock');
  disk.makePrivateFolders(place);
  takeAway(lock, disk);
  try {
    disk.write(lock, Buffer.from(`${process.pid}\n`), { mode: 0o600 });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? anotherRun(lock) : error;
  }
  try {
    return work();
  } finally {
    release(lock, disk);
  }
}

/** A lock that cannot be removed counts no more once we have ended: what was done is not undone by that. */
function release(lock: string, disk: Disk): void {
  try {
    disk.remove(lock);
  } catch {
    // The next run takes it away.
  }
}

/** Takes the lock of a run that was killed. One with our own number is such a lock too: in containers the same numbers come back. */
function takeAway(lock: string, disk: Disk): void {
  const stats = statSync(lock, { throwIfNoEntry: false });
  if (!stats) return;
  const owner = Number(readFileSync(lock, 'utf8'));
  const lives = Number.isInteger(owner) && owner > 0 && owner !== process.pid && isRunning(owner);
  if (lives && Date.now() - stats.mtimeMs < longest) throw anotherRun(lock);
  disk.remove(lock);
}

function anotherRun(lock: string): KnownError {
  return new KnownError({
    code: 'another-run',
    what: 'Another create-shipshape is changing this project at the moment.',
    where: lock,
    next: 'Wait until it is through, then run the same line again. If there is none, remove that file.',
  });
}
