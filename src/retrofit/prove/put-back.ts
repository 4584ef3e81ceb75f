import { constants, copyFileSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The files of a copy at one moment, to which it can be put back. */
export interface Snapshot {
  /** Path to what tells whether a file was touched since. */
  readonly marks: Map<string, string>;
  /** Where the bytes of a file are kept. */
  keptAt(path: string): string;
}

/** Notes the files of a folder as they are; their bytes lie in another folder already. */
export function snapshotOf(folder: string, original: string): Snapshot {
  return { marks: marksIn(folder), keptAt: (path) => join(original, path) };
}

/** The same after something has run: only what is new or was changed since is kept, in a folder for it. */
export function laterSnapshot(folder: string, earlier: Snapshot, keep: string): Snapshot {
  const marks = marksIn(folder);
  const own = new Set([...marks].flatMap(([path, mark]) => (earlier.marks.get(path) === mark ? [] : [path])));
  for (const path of own) copyTo(join(folder, path), join(keep, path));
  return { marks, keptAt: (path) => (own.has(path) ? join(keep, path) : earlier.keptAt(path)) };
}

/** Puts every file back that was written, removed or made since. Installed packages are left alone. */
export function putBack(folder: string, snapshot: Snapshot): void {
  const now = marksIn(folder);
  for (const path of now.keys()) if (!snapshot.marks.has(path)) rmSync(join(folder, path), { force: true });
  for (const [path, mark] of snapshot.marks) {
    if (now.get(path) === mark) continue;
    rmSync(join(folder, path), { recursive: true, force: true });
    copyTo(snapshot.keptAt(path), join(folder, path));
    snapshot.marks.set(path, markOf(join(folder, path)));
  }
}

/** Removes whatever lies in a folder. */
export function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 2 });
}

function copyTo(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
}

function marksIn(folder: string, inside = '', marks = new Map<string, string>()): Map<string, string> {
  for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== 'node_modules') marksIn(folder, path, marks);
    else if (entry.isFile()) marks.set(path, markOf(join(folder, path)));
  }
  return marks;
}

/** A write changes the size or one of the times; the time of the last change cannot be set by a program. */
function markOf(file: string): string {
  const { size, mtimeMs, ctimeMs, ino } = lstatSync(file);
  return [size, mtimeMs, ctimeMs, ino].join(' ');
}
