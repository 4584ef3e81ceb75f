import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { KnownError } from '../errors.ts';
import type { Interrupts } from './interrupts.ts';
import { notWritable } from './not-writable.ts';

/** Everything of one attempt to write a project; `move` makes it real, `discard` leaves no trace. */
interface Draft {
  readonly path: string;
  move(): void;
  discard(): void;
}

/**
 * Writes the files beside the folder and renames them into place: at every moment there is either nothing or the whole project.
 * Files named in `secret` are readable by their owner alone. Throws `interrupted` or `not-writable`, with nothing left.
 */
export async function writeProject(
  folder: string,
  files: ReadonlyMap<string, string>,
  secret: ReadonlySet<string>,
  interrupts: Interrupts,
): Promise<void> {
  const draft = startDraft(folder);
  try {
    fill(draft.path, files, secret);
    await interrupts.check();
    draft.move();
  } catch (error) {
    draft.discard();
    throw error instanceof KnownError ? error : notWritable(folder, error);
  }
}

function startDraft(folder: string): Draft {
  sweep(folder);
  const path = join(dirname(folder), `${draftPrefix(folder)}${process.pid}`);
  try {
    const madeAbove = mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(path);
    return { path, move: () => moveInto(path, folder), discard: () => discard(path, madeAbove) };
  } catch (error) {
    throw notWritable(dirname(folder), error);
  }
}

function fill(root: string, files: ReadonlyMap<string, string>, secret: ReadonlySet<string>): void {
  const folders = new Set([...files.keys()].map((path) => `${root}/${path.slice(0, path.lastIndexOf('/') + 1)}`));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  for (const [path, text] of files) writeFileSync(`${root}/${path}`, text, { mode: secret.has(path) ? 0o600 : 0o666 });
}

/** A folder that exists keeps its identity (it may be somebody's working directory): its entries are moved, not itself. */
function moveInto(draft: string, folder: string): void {
  if (!existsSync(folder)) return renameSync(draft, folder);
  const moved: string[] = [];
  try {
    for (const entry of readdirSync(draft)) {
      renameSync(join(draft, entry), join(folder, entry));
      moved.push(entry);
    }
    rmdirSync(draft);
  } catch (error) {
    for (const entry of moved) rmSync(join(folder, entry), { recursive: true, force: true });
    throw error;
  }
}

/** Removes the draft, and the folders above it that were made for it, unless somebody has put something there. */
function discard(draft: string, madeAbove: string | undefined): void {
  rmSync(draft, { recursive: true, force: true });
  if (madeAbove === undefined) return;
  for (let path = dirname(draft); path.startsWith(madeAbove); path = dirname(path)) {
    if (readdirSync(path).length > 0) return;
    rmdirSync(path);
  }
}

function draftPrefix(folder: string): string {
  return `.${basename(folder)}.shipshape-`;
}

/** Removes drafts of runs that were killed: those whose process is gone. */
function sweep(folder: string): void {
  const above = dirname(folder);
  if (!existsSync(above)) return;
  const drafts = readdirSync(above).filter((entry) => entry.startsWith(draftPrefix(folder)));
  for (const draft of drafts) {
    const process = Number(draft.slice(draftPrefix(folder).length));
    if (Number.isInteger(process) && !isRunning(process)) rmSync(join(above, draft), { recursive: true, force: true });
  }
}

/** True when a process of that number runs. */
export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
