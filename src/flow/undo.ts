import { sameContent, type Content } from '../tree/content.ts';
import type { Step } from '../tree/step.ts';
import { stepBack, type ByHand } from './step-back.ts';
import { installing, type RecordedStep, type UndoRecord } from './undo-record.ts';

/** A file as it is now. */
export interface FileNow {
  readonly content: Content;
  /** Permission bits. */
  readonly mode: number;
}

/** What undoing would do. */
export interface UndoPlan {
  /** From the files as they are now. */
  readonly steps: readonly Step[];
  /** What cannot be taken back without guessing, to be changed by hand. Those files are left as they are. */
  readonly byHand: readonly ByHand[];
  /** Folders that were made, to be removed where nothing is left in them, outermost first. */
  readonly clears: readonly string[];
  /** What stays recorded of each run that is touched; null where nothing does. */
  readonly remaining: ReadonlyMap<string, UndoRecord | null>;
  /** True when other packages are wanted than those that are installed. */
  readonly installAgain: boolean;
}

/**
 * Plans to undo what runs have done, the oldest first: everything, or what one guardrail did. Files that nobody has touched since get
 * their bytes back; in others our changes alone are taken back, and what others have added stays.
 */
export function planUndo(
  records: readonly UndoRecord[],
  now: (path: string) => FileNow | undefined,
  by?: string,
): UndoPlan {
  const all = records.flatMap(({ steps }) => steps);
  const wanted = new Set(all.filter((step) => by === undefined || step.by === by));
  const paths = [...new Set([...wanted].map(({ path }) => path))];
  const results = paths.map((path) =>
    resultFor(
      all.filter((step) => step.path === path),
      wanted,
      now(path),
    ),
  );
  const packages = results.filter(({ path }) => /(?:^|\/)package\.json$/.test(path));
  const steps = results
    .filter(({ isLock, exact }) => !isLock || (exact && packages.every((result) => result.exact)))
    .flatMap(({ step }) => step ?? []);
  const stuck = new Set(results.filter(({ byHand }) => byHand.length > 0).map(({ path }) => path));
  const undone = new Set([...wanted].filter(({ path }) => !stuck.has(path)));
  return {
    steps,
    byHand: results.flatMap(({ byHand }) => byHand),
    clears: records.flatMap(({ folders }) => folders).toSorted(),
    remaining: remainingOf(records, undone),
    installAgain: packages.some(({ step }) => step !== undefined),
  };
}

/** What becomes of one file. */
interface Result {
  readonly path: string;
  /** Undefined where the file stays as it is. */
  readonly step: Step | undefined;
  readonly byHand: readonly ByHand[];
  /** True when nobody has touched the file: it gets its bytes back. */
  readonly exact: boolean;
  readonly isLock: boolean;
}

function resultFor(
  history: readonly RecordedStep[],
  wanted: ReadonlySet<RecordedStep>,
  now: FileNow | undefined,
): Result {
  const path = history[0]?.path ?? '';
  const isLock = history.some(({ by }) => by === installing);
  const undone = history.filter((step) => wanted.has(step)).toReversed();
  const isAsItWas = undone.length === history.length && sameContent(now?.content, undone.at(-1)?.before);
  let content = now?.content;
  let exact = true;
  for (const step of isAsItWas ? [] : undone) {
    if (sameContent(content, step.after)) {
      content = step.before;
      continue;
    }
    exact = false;
    if (isLock) return { path, step: undefined, byHand: [], exact, isLock };
    const later = history.slice(history.indexOf(step) + 1).filter((other) => !wanted.has(other));
    const back = stepBack(step, later, content);
    if ('byHand' in back) return { path, step: undefined, byHand: back.byHand, exact, isLock };
    content = back.content;
  }
  return { path, step: stepTo(path, now, content, modeAfter(undone, now)), byHand: [], exact, isLock };
}

/** The permission bits to be set: those from before, unless somebody has changed ours. Steps are the latest first. */
function modeAfter(undone: readonly RecordedStep[], now: FileNow | undefined): number | undefined {
  const before = undone.at(-1)?.modeBefore;
  if (now === undefined) return before;
  return now.mode === undone[0]?.modeAfter && before !== now.mode ? before : undefined;
}

function stepTo(
  path: string,
  now: FileNow | undefined,
  content: Content | undefined,
  mode: number | undefined,
): Step | undefined {
  const made = { path, by: 'undo', ...(mode !== undefined && { mode }) };
  if (content === undefined) return now && { ...made, kind: 'remove', before: now.content };
  if (now === undefined) return { ...made, kind: 'create', after: content };
  if (mode === undefined && sameContent(now.content, content)) return undefined;
  return { ...made, kind: 'edit', before: now.content, after: content };
}

function remainingOf(
  records: readonly UndoRecord[],
  undone: ReadonlySet<RecordedStep>,
): ReadonlyMap<string, UndoRecord | null> {
  const touched = records.filter(({ steps }) => steps.some((step) => undone.has(step)));
  return new Map(
    touched.map((record) => {
      const steps = record.steps.filter((step) => !undone.has(step));
      return [record.id, steps.length === 0 ? null : { ...record, steps }];
    }),
  );
}
