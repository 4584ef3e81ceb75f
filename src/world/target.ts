import { accessSync, constants, lstatSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import type { ErrorCode } from '../errors.ts';

/** What stands at a path of a project: where a file is to be written, or why it must not be. */
export type Target = FoundFile | NoFile | Refusal;

export interface FoundFile {
  readonly kind: 'file';
  /** The folder that really holds it. */
  readonly folder: string;
  /** The file itself. */
  readonly at: string;
  readonly bytes: Buffer;
  /** Permission bits. */
  readonly mode: number;
  readonly owner: { readonly uid: number; readonly gid: number };
}

export interface NoFile {
  readonly kind: 'none';
  readonly folder: string;
  readonly at: string;
  /** The folders above it that are not there, relative to the project, outermost first. */
  readonly missing: readonly string[];
}

/** Why a path is not touched: `why` follows its name in a sentence. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: ErrorCode;
  readonly why: string;
}

/** Looks at a path below a real folder, following no link out of it. */
export function lookAt(root: string, path: string): Target {
  try {
    return look(root, path);
  } catch (error) {
    return refused(
      'not-writable',
      `cannot be looked at (${(error as NodeJS.ErrnoException).code ?? 'no reason given'})`,
    );
  }
}

function look(root: string, path: string): Target {
  const parts = path.split('/');
  if (!isPlain(path, parts)) return refused('unsafe-path', 'is no path inside a project');
  const above = folderFor(root, parts.slice(0, -1));
  if ('kind' in above) return above;
  const at = join(above.folder, parts.at(-1) as string);
  const stats = above.missing.length > 0 ? undefined : statsOf(at);
  if (!stats) return { kind: 'none', folder: above.folder, at, missing: above.missing };
  if (!stats.isFile()) return refused('file-in-the-way', `is ${kindOf(stats)}, not a file`);
  const { uid, gid } = stats;
  const bytes = readFileSync(at);
  return { kind: 'file', folder: above.folder, at, bytes, mode: stats.mode & 0o7777, owner: { uid, gid } };
}

/** Why a file must not be replaced by us although we could; undefined where nothing speaks against it. */
export function whyReadOnly(target: FoundFile | NoFile): Refusal | undefined {
  if (target.kind === 'file' && ((target.mode & 0o200) === 0 || !may(target.at, constants.W_OK)))
    return refused('not-writable', 'is read-only');
  const folder = nearest(target);
  return may(folder, constants.W_OK | constants.X_OK)
    ? undefined
    : refused('not-writable', 'lies in a folder that you may not change');
}

export function refused(code: ErrorCode, why: string): Refusal {
  return { kind: 'refused', code, why };
}

/** Nothing that climbs, and nothing of git itself, also by the names that Windows and macOS take for `.git`: a file there could name programs that git runs. */
function isPlain(path: string, parts: readonly string[]): boolean {
  const forbidden = process.platform === 'win32' ? /[\\:\0]/ : /\0/;
  const seen = parts.map((part) => part.replace(/\p{Cf}/gu, ''));
  return !forbidden.test(path) && seen.every((part) => !/^(?:\.{0,2}|\.git[ .]*|git~\d)$/i.test(part));
}

type Above = { readonly folder: string; readonly missing: readonly string[] };

/** The real folder for a file: links inside the project are followed, links out of it are refused. */
function folderFor(root: string, parts: readonly string[]): Above | Refusal {
  let folder = root;
  for (const [index, part] of parts.entries()) {
    const next = join(folder, part);
    const stats = statsOf(next);
    if (!stats) {
      const missing = parts.slice(index).map((_, more) => parts.slice(0, index + more + 1).join('/'));
      return { folder: join(folder, ...parts.slice(index)), missing };
    }
    const real = stats.isSymbolicLink() ? realOrNothing(next) : next;
    if (real === undefined) return refused('unsafe-path', `lies behind ${part}, a link that leads nowhere`);
    if (real !== root && !real.startsWith(root + sep))
      return refused('unsafe-path', `lies behind ${part}, a link that leads out of the project`);
    if (real.slice(root.length).split(sep).includes('.git')) return refused('unsafe-path', 'lies in the folder of git');
    if (!lstatSync(real).isDirectory()) return refused('file-in-the-way', `lies below ${part}, which is a file`);
    folder = real;
  }
  return { folder, missing: [] };
}

function nearest({ folder, ...target }: FoundFile | NoFile): string {
  const missing = target.kind === 'none' ? target.missing.length : 0;
  return missing === 0 ? folder : join(folder, ...Array.from({ length: missing }, () => '..'));
}

function may(path: string, how: number): boolean {
  try {
    accessSync(path, how);
    return true;
  } catch {
    return false;
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function realOrNothing(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a link';
  return stats.isDirectory() ? 'a folder' : 'something else';
}
