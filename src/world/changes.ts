import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Change } from '../tree/tree.ts';
import { notWritable } from './not-writable.ts';

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
