import { guardrails } from '../../guardrails/registry.ts';
import type { DraftedBy, Kept, Left, PlannedStep, RetrofitPlan } from '../../retrofit/plan.ts';
import { placeText } from '../../repository/place.ts';
import { sameContent, textOf, type Content } from '../../tree/content.ts';
import { afterOf, beforeOf } from '../../tree/step.ts';

/** What one guardrail does to one file, however many steps it takes. */
export interface PlannedChange {
  readonly path: string;
  readonly by: DraftedBy;
  readonly kind: PlannedStep['kind'];
  /** Each reason once. */
  readonly why: readonly string[];
  readonly before: Content | undefined;
  readonly after: Content | undefined;
  readonly secret: boolean;
  readonly hides: boolean;
  /** True for an edit of a file that is not there before the plan: nobody needs to see how it grows. */
  readonly ofNew: boolean;
}

/** Everything that a plan holds about one guardrail. */
export interface PlanGroup {
  readonly by: DraftedBy;
  /** What it promises, in one sentence. */
  readonly promise: string;
  readonly changes: readonly PlannedChange[];
  readonly left: readonly Left[];
  readonly kept: readonly Kept[];
}

const wiring = 'The guards stand in front of every request: one import and one call in your file.';

/** The promise of a guardrail, in one sentence. */
export function promiseOf(by: DraftedBy): string {
  return by === 'wiring' ? wiring : (guardrails.find(({ id }) => id === by)?.title ?? by);
}

/** A plan by guardrail, in the order in which it is done. */
export function groupsOf({ steps, left, kept }: Pick<RetrofitPlan, 'steps' | 'left' | 'kept'>): readonly PlanGroup[] {
  const changes = changesOf(steps);
  const names = new Set([...changes, ...left, ...kept].map(({ by }) => by));
  return [...names].map((by) => ({
    by,
    promise: promiseOf(by),
    changes: changes.filter((change) => change.by === by),
    left: left.filter((one) => one.by === by),
    kept: kept.filter((one) => one.by === by),
  }));
}

/** The steps of a plan; those of one guardrail on one file that follow on each other are one change. */
export function changesOf(steps: readonly PlannedStep[]): readonly PlannedChange[] {
  const changes: PlannedChange[] = [];
  const fresh = new Set<string>();
  for (const step of steps) {
    if (step.kind === 'create') fresh.add(step.path);
    const at = changes.findLastIndex(({ path }) => path === step.path);
    const earlier = changes[at];
    if (earlier?.by === step.by && sameContent(earlier.after, beforeOf(step))) changes[at] = joined(earlier, step);
    else changes.push(changeOf(step, step.kind !== 'create' && fresh.has(step.path)));
  }
  return changes.filter(({ before, after }) => !sameContent(before, after));
}

function changeOf(step: PlannedStep, ofNew: boolean): PlannedChange {
  const { path, by, kind, why, secret = false, hides = false } = step;
  return { path, by, kind, why: [why], before: beforeOf(step), after: afterOf(step), secret, hides, ofNew };
}

function joined(earlier: PlannedChange, step: PlannedStep): PlannedChange {
  const after = afterOf(step);
  return {
    ...earlier,
    kind: earlier.before === undefined ? 'create' : after === undefined ? 'remove' : 'edit',
    why: [...new Set([...earlier.why, step.why])],
    after,
    secret: earlier.secret || step.secret === true,
    hides: earlier.hides || step.hides === true,
  };
}

/** How many lines a text has; undefined for what is no text. */
export function linesIn(content: Content | undefined): number | undefined {
  const text = textOf(content);
  if (text === undefined) return undefined;
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** Things by what they have in common, in the order in which they come. */
export function groupedBy<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): Map<string, Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    groups.set(key, [...(groups.get(key) ?? []), thing]);
  }
  return groups;
}

/** The same thing to do, at one place or more. */
export interface LeftTold extends Pick<Left, 'why' | 'lines'> {
  readonly places: readonly string[];
}

/** What is left to a person; what is the same at several places is told once. */
export function leftTold(left: readonly Left[]): readonly LeftTold[] {
  return [...groupedBy(left, ({ why, lines }) => [why, ...lines].join('\n')).values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ why: first.why, lines: first.lines, places: same.map(({ where }) => placeText(where)) }] : [];
  });
}
