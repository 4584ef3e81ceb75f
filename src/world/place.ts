import { lstatSync, readdirSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

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
