import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { KnownError } from '../errors.ts';
import type { Change } from '../tree/tree.ts';
import type { Interrupts } from './interrupts.ts';

/** Entries that do not make a folder "not empty": a fresh repository, and what file managers leave. */
const harmless = new Set(['.git', '.DS_Store', 'Thumbs.db', '.idea', '.vscode']);

/** What stands where the project wants to go. */
export type Place =
  | { readonly kind: 'free' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'file' }
  | { readonly kind: 'project' }
  | { readonly kind: 'taken'; readonly entries: readonly string[] };

/** Looks at the place for a new project, without touching it. */
export function placeAt(folder: string): Place {
  if (statsOf(folder, lstatSync) === undefined) return { kind: 'free' };
  if (!statsOf(folder, statSync)?.isDirectory()) return { kind: 'file' };
  const entries = readdirSync(folder).filter((entry) => !harmless.has(entry));
  if (entries.includes('package.json')) return { kind: 'project' };
  return entries.length === 0 ? { kind: 'empty' } : { kind: 'taken', entries: entries.toSorted() };
}

/** The nearest thing above the folder that exists and is no folder, or undefined. */
export function fileAbove(folder: string): string | undefined {
  for (let path = dirname(folder); ; path = dirname(path)) {
    const found = statsOf(path, statSync);
    if (found) return found.isDirectory() ? undefined : path;
    if (path === dirname(path)) return undefined;
  }
}

/** What stands at a path; undefined where nothing does, also below a file. */
function statsOf(path: string, look: typeof statSync): Stats | undefined {
  try {
    return look(path);
  } catch {
    return undefined;
  }
}

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
  const folders = new Set([...files.keys()].map((path) => dirname(join(root, path))));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  for (const [path, text] of files) writeFileSync(join(root, path), text, { mode: secret.has(path) ? 0o600 : 0o666 });
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

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Writes the changes of a tree to its folder. When one of them fails, those before it are taken back. */
export function applyChanges(folder: string, changes: readonly Change[]): void {
  const done: Change[] = [];
  try {
    for (const change of changes) {
      writeOrRemove(join(folder, change.path), change.kind === 'remove' ? undefined : change.after);
      done.push(change);
    }
  } catch (error) {
    for (const change of done)
      writeOrRemove(join(folder, change.path), change.kind === 'create' ? undefined : change.before);
    throw notWritable(folder, error);
  }
}

function writeOrRemove(path: string, text: string | undefined): void {
  if (text === undefined) return rmSync(path, { force: true });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The error for a place that refuses, with the system's own reason. */
function notWritable(place: string, error: unknown): KnownError {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    EACCES: 'you may not write there',
    EPERM: 'the system does not allow it',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENOENT: 'the system does not let folders be made there',
    ENAMETOOLONG: 'the name is too long',
  };
  const reason = reasons[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return new KnownError(
    {
      code: 'not-writable',
      what: `The project cannot be written: ${reason}.`,
      where: place,
      next: 'Choose another folder, or change who may write there. Nothing was left behind.',
    },
    { cause: error },
  );
}
