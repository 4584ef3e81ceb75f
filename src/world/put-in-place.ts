import { join, posix } from 'node:path';
import { bytesOf, sameContent, type Content } from '../tree/content.ts';
import type { Disk } from './durable.ts';
import type { Journal, JournalFile } from './journal.ts';
import { lookAt, type FoundFile, type NoFile, type Target } from './target.ts';

/** Where a file stands: as the run found it, as the run leaves it, or as somebody has made it meanwhile. */
export type Standing = 'old' | 'new' | 'edited';

/** Tells where a file of a run stands. */
export function standingOf(root: string, file: JournalFile): Standing {
  const target = lookAt(root, file.path);
  const modeAlone = sameContent(file.before, file.after);
  if (holds(target, file.before, modeAlone ? file.modeBefore : undefined)) return 'old';
  return holds(target, file.after, modeAlone ? file.mode : undefined) ? 'new' : 'edited';
}

/** The content tells; permission bits are asked for only where nothing else changes. */
function holds(target: Target, content: Content | undefined, mode: number | undefined): boolean {
  if (target.kind === 'none') return content === undefined;
  if (target.kind === 'refused' || content === undefined) return false;
  return target.bytes.equals(bytesOf(content)) && (mode === undefined || target.mode === mode);
}

/** Makes the folders, and lets every new content wait beside its file. Nothing of the user is touched. */
export function prepare(root: string, { makes, files }: Journal, disk: Disk): void {
  for (const folder of makes) disk.makeFolder(join(root, folder));
  for (const file of files) if (file.after !== undefined) letWait(root, file, file.after, disk);
}

/** What is edited keeps its permission bits and its owner. */
function letWait(root: string, file: JournalFile, content: Content, disk: Disk): void {
  const target = reachable(root, file);
  const owner = target.kind === 'file' ? target.owner : undefined;
  disk.write(join(target.folder, file.waits), bytesOf(content), { mode: file.mode ?? file.modeBefore, owner });
}

/** Puts one file in place, or removes it. What should wait for it is written first where it does not. */
export function putInPlace(root: string, file: JournalFile, disk: Disk): void {
  const target = reachable(root, file);
  if (file.after === undefined) return disk.remove(target.at);
  if (target.kind === 'none' && target.missing.length > 0) disk.makeFolder(target.folder);
  if (!waitsFor(root, file)) letWait(root, file, file.after, disk);
  disk.rename(join(target.folder, file.waits), target.at);
}

/**
 * Takes a run back, whatever it has done so far; may itself be stopped and begun again. Returns the files that somebody has edited
 * meanwhile: those are left alone.
 */
export function takeBack(root: string, { files, makes }: Journal, disk: Disk): string[] {
  const edited: string[] = [];
  for (const file of files.toReversed()) {
    dropWaiting(root, file, disk);
    const standing = standingOf(root, file);
    if (standing === 'edited') edited.push(file.path);
    if (standing === 'new') putInPlace(root, reversed(file), disk);
  }
  settleFolders(root, files, disk);
  removeEmptyFolders(root, makes, disk);
  return edited.toReversed();
}

function reversed({ path, waits, before, after, mode, modeBefore }: JournalFile): JournalFile {
  return { path, waits, before: after, after: before, mode: modeBefore, modeBefore: mode };
}

/** Makes sure that what has happened to the files stays. */
export function settleFolders(root: string, files: readonly JournalFile[], disk: Disk): void {
  const folders = files.flatMap((file) => {
    const target = lookAt(root, file.path);
    return target.kind === 'refused' || (target.kind === 'none' && target.missing.length > 0) ? [] : [target.folder];
  });
  for (const folder of new Set(folders)) disk.settle(folder);
}

/** True while a new content waits beside its file: it has not been put in place. */
export function waitsFor(root: string, file: JournalFile): boolean {
  return waitingFor(root, file).kind === 'file';
}

/** Removes what waits beside a file. */
export function dropWaiting(root: string, file: JournalFile, disk: Disk): void {
  const waiting = waitingFor(root, file);
  if (waiting.kind === 'file') disk.remove(waiting.at);
}

function waitingFor(root: string, { path, waits }: JournalFile): Target {
  return lookAt(root, posix.join(posix.dirname(path), waits));
}

/** Removes folders that are empty, innermost first. */
export function removeEmptyFolders(root: string, folders: readonly string[], disk: Disk): void {
  for (const folder of folders.toReversed()) {
    const inside = lookAt(root, `${folder}/anything`);
    if (inside.kind === 'none' && inside.missing.length === 0) disk.removeEmptyFolder(inside.folder);
  }
}

function reachable(root: string, { path }: JournalFile): FoundFile | NoFile {
  const target = lookAt(root, path);
  if (target.kind === 'refused') throw new Error(`${path} ${target.why}`);
  return target;
}
