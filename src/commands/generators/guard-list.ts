import { guardChanges, guardList, guardListPath } from '../../guardrails/agents/guard-list.ts';
import type { Tree } from '../../tree/tree.ts';

/** What became of the list of guard files: brought up to date, left because it was wrong before, or not there. */
export type GuardListOutcome = 'updated' | 'was stale' | 'absent';

/** Tells whether the list was true before our own changes; only then may they be written down in it. */
export function wasTrue(tree: Tree): boolean {
  return guardChanges(tree.read(guardListPath), currentList(tree)).length === 0;
}

/** Writes the fingerprints of our own changes down, unless somebody else's would slip in with them. */
export function updateGuardList(tree: Tree, trueBefore: boolean): GuardListOutcome {
  if (tree.read(guardListPath) === undefined) return 'absent';
  if (!trueBefore) return 'was stale';
  tree.write(guardListPath, currentList(tree));
  return 'updated';
}

function currentList(tree: Tree): string {
  return guardList(tree.paths(), (path) => tree.read(path) ?? '');
}
