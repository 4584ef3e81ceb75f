import { realpathSync } from 'node:fs';
import { KnownError } from '../errors.ts';
import type { ByHand } from '../flow/step-back.ts';
import { planUndo, type FileNow, type UndoPlan } from '../flow/undo.ts';
import { exactText } from '../tree/content.ts';
import { sumOf } from '../tree/step.ts';
import { carryOut, type Begun, type RunOptions } from './carry-out.ts';
import type { Journal } from './journal.ts';
import { statePlaces } from './state-folder.ts';
import { lookAt } from './target.ts';
import { readRecords } from './undo-records.ts';

/** Plans to undo everything that was done to a project, or what one guardrail did. Reads only. Throws `nothing-to-undo`. */
export function openUndo(root: string, by?: string, environment = process.env): UndoPlan {
  const real = realpathSync(root);
  const records = readRecords(statePlaces(real, environment)).map(({ record }) => record);
  const known = new Set(records.flatMap(({ steps }) => steps.map((step) => step.by)));
  if (known.size === 0 || (by !== undefined && !known.has(by))) throw nothingToUndo(real, by, known);
  return planUndo(records, (path) => fileNow(real, path), by);
}

function fileNow(root: string, path: string): FileNow | undefined {
  const target = lookAt(root, path);
  if (target.kind === 'none') return undefined;
  if (target.kind === 'file') return { content: exactText(target.bytes) ?? target.bytes, mode: target.mode };
  throw new KnownError({
    code: target.code,
    what: `${path} ${target.why}, so what was done to it cannot be undone.`,
    where: path,
    next: 'Put a file back in its place, or remove what is there, then run the same line again.',
  });
}

export interface UndoOptions extends RunOptions {
  /** True to undo the rest although some changes are left to be made by hand. */
  readonly leaveByHand?: boolean;
}

/** Undoes what was planned: all of it or nothing, as `applyChanges` writes. Throws `edited-since` where something is to be done by hand. */
export function applyUndo(root: string, plan: UndoPlan, options: UndoOptions = {}): void {
  if (plan.byHand.length > 0 && options.leaveByHand !== true) throw editedSince(plan.byHand);
  const remember = ({ places }: Begun): Journal['remember'] => {
    const placeOf = new Map(readRecords(places).map(({ place, record }) => [record.id, place]));
    return [...plan.remaining].map(([id, record]) => ({ place: placeOf.get(id) ?? 'user', id, record }));
  };
  carryOut(root, { files: sumOf(plan.steps), clears: plan.clears, remember }, options);
}

function nothingToUndo(root: string, by: string | undefined, known: ReadonlySet<string>): KnownError {
  const some = [...known].toSorted();
  return new KnownError({
    code: 'nothing-to-undo',
    what:
      by === undefined || some.length === 0
        ? 'Nothing is recorded here that could be undone.'
        : `Nothing is recorded here that ${by} has done.`,
    where: root,
    next:
      some.length === 0
        ? 'Records lie beside the git repository that was changed, on the machine where it was changed. Elsewhere, use git.'
        : `What can be undone: ${some.join(', ')}.`,
  });
}

function editedSince(byHand: readonly ByHand[]): KnownError {
  const places = byHand.map(({ path, line, why }) => `${path}:${line} ${why}`);
  const [first] = byHand;
  return new KnownError({
    code: 'edited-since',
    what: `Nothing was undone, because it would take guessing: ${places.join('; ')}.`,
    ...(first && { where: `${first.path}:${first.line}` }),
    next: 'Change these places by hand, then run the same line again.',
  });
}
