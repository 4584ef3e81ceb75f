import type { DraftedBy, RetrofitPlan } from '../plan.ts';
import type { Proof } from '../proof.ts';
import { suspectsIn } from './suspects.ts';
import { tryPlan, type Known } from './trial.ts';
import { troubleIn, type Trouble } from './trouble.ts';

/** A plan without what was found to be guilty. */
export interface Acquitted {
  readonly plan: RetrofitPlan;
  readonly dropped: Proof['dropped'];
}

/**
 * Finds out who makes something worse, by leaving out one after the other, the most suspect first. Where it takes more than one, all are left
 * out, and whoever can come back without harm comes back. Undefined where leaving out helps nothing.
 */
export async function withoutGuilty(
  known: Known,
  { plan, dropped }: Acquitted,
  trouble: Trouble,
): Promise<Acquitted | undefined> {
  const { replan, say, watch } = known.stage.options;
  const suspects = suspectsIn(plan, trouble);
  const without = (ids: readonly DraftedBy[]): Promise<RetrofitPlan> =>
    replan(new Set([...dropped.map(({ by }) => by), ...ids]));
  const scoreWithout = async (ids: readonly DraftedBy[]): Promise<number> => {
    if (watch.isOver()) return Infinity;
    say(`Something is worse. Trying it without ${ids.join(', ')}`);
    return troubleIn(await tryPlan(known, await without(ids), trouble.look))?.score ?? 0;
  };
  const guilty =
    (await one(suspects.slice(0, mostAlone(known, trouble)), scoreWithout)) ??
    (await several(suspects, scoreWithout, trouble));
  if (!guilty) return undefined;
  return { plan: await without(guilty), dropped: [...dropped, ...guilty.map((by) => ({ by, why: trouble.why }))] };
}

type Score = (without: readonly DraftedBy[]) => Promise<number>;

/** A start takes a second; a build or tests may take minutes. */
function mostAlone({ before }: Known, { look }: Trouble): number {
  const builds = before && 'questions' in before && before.start.start.before.length > 0;
  return look.own.size === 0 && !builds ? Infinity : 3;
}

async function one(suspects: readonly DraftedBy[], score: Score): Promise<readonly DraftedBy[] | undefined> {
  for (const id of suspects) if ((await score([id])) === 0) return [id];
  return undefined;
}

async function several(
  suspects: readonly DraftedBy[],
  score: Score,
  trouble: Trouble,
): Promise<readonly DraftedBy[] | undefined> {
  // What is left then is not of our making.
  const best = await score(suspects);
  if (best >= trouble.score) return undefined;
  let out = suspects;
  const bringBack = async (ids: readonly DraftedBy[]): Promise<void> => {
    const fewer = out.filter((id) => !ids.includes(id));
    if (ids.length === 0) return;
    if (fewer.length > 0 && (await score(fewer)) <= best) out = fewer;
    else if (ids.length > 1) {
      const half = Math.ceil(ids.length / 2);
      await bringBack(ids.slice(0, half));
      await bringBack(ids.slice(half));
    }
  };
  // The least suspect first.
  const reversed = suspects.toReversed();
  await bringBack(reversed.slice(0, Math.ceil(reversed.length / 2)));
  await bringBack(reversed.slice(Math.ceil(reversed.length / 2)));
  return out;
}
