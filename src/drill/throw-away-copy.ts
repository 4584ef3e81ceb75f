import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createTree, type Change, type Tree } from '../tree/tree.ts';

/** At the top of a project: what is installed, history, what runs leave behind, and the secrets of this computer. */
const notCopied = new Set(['node_modules', '.git', 'coverage', 'data', '.env', '.env.keys']);

/** The project's own files as a tree. */
export function treeOf(project: string): Tree {
  const paths = readdirSync(project)
    .filter(isCopied)
    .flatMap((name) => filesBelow(project, name));
  return createTree(new Map(paths.map((path) => [path, readFileSync(join(project, path), 'utf8')])));
}

function filesBelow(project: string, name: string): string[] {
  if (!statSync(join(project, name)).isDirectory()) return [name];
  return readdirSync(join(project, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(project, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function isCopied(path: string): boolean {
  return !notCopied.has(path.split(/[\\/]/)[0] ?? '');
}

/** Copies a project to a temporary folder which borrows its installed packages, lets `use` work there, and removes the copy. */
export async function inThrowAwayCopy<T>(
  project: string,
  changes: readonly Change[],
  use: (copy: string) => Promise<T>,
): Promise<T> {
  const copy = mkdtempSync(join(tmpdir(), 'shipshape-drill-'));
  try {
    cpSync(project, copy, {
      recursive: true,
      filter: (source) => isCopied(relative(project, source)),
    });
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'), 'junction');
    for (const change of changes) applyTo(copy, change);
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function applyTo(copy: string, change: Change): void {
  const path = join(copy, change.path);
  if (change.kind === 'remove') return rmSync(path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, change.after);
}
