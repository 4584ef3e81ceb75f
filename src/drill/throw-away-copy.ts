import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createTree, type Change, type Tree } from '../tree/tree.ts';

const notCopied = new Set(['node_modules', '.git', 'coverage', 'data']);

/** The project's own files as a tree, without installed packages, history and databases. */
export function treeOf(folder: string): Tree {
  return createTree(
    new Map(ownFiles(folder).map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')])),
  );
}

function ownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notCopied.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ownFiles(path);
    return entry.isFile() ? [path] : [];
  });
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
      filter: (source) => !notCopied.has(relative(project, source).split(/[\\/]/)[0] ?? ''),
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
