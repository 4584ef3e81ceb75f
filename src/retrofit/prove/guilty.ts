import type { DraftedBy, RetrofitPlan } from '../plan.ts';
import type { Proof } from '../proof.ts';
import { tryPlan, type Known } from './trial.ts';
import { troubleIn, type Trouble } from './trouble.ts';

/** A plan without what was found to be guilty. */
export interface Acquitted {
  readonly plan: RetrofitPlan;
  readonly dropped: Proof['dropped'];
}

/**
 * Finds out who makes something worse by leaving out one after the other, the most suspect first. Where it takes more than one, they are left
 * out together. Undefined where nobody is left to be left out.
 */
export async function withoutGuilty(
  known: Known,
  { plan, dropped }: Acquitted,
  trouble: Trouble,
): Promise<Acquitted | undefined> {
  const { replan, say, watch } = known.stage.options;
  const suspects = suspectsIn(plan, trouble);
  const without = async (ids: readonly DraftedBy[]): Promise<{ plan: RetrofitPlan; score: number }> => {
    say(`Something is worse. Trying it without ${ids.join(', ')}`);
    const less = await replan(new Set([...dropped.map(({ by }) => by), ...ids]));
    const score = troubleIn(await tryPlan(known, less, trouble.look))?.score ?? 0;
    return { plan: less, score };
  };
  const acquit = (less: RetrofitPlan, ids: readonly DraftedBy[]): Acquitted => ({
    plan: less,
    dropped: [...dropped, ...ids.map((by) => ({ by, why: trouble.why }))],
  });

  let best: { plan: RetrofitPlan; score: number; id: DraftedBy } | undefined;
  for (const id of suspects) {
    if (watch.isOver()) return best && acquit(best.plan, [best.id]);
    const one = await without([id]);
    if (one.score === 0) return acquit(one.plan, [id]);
    if (one.score < (best?.score ?? trouble.score)) best = { ...one, id };
  }
  if (best) return acquit(best.plan, [best.id]);
  for (let count = 2; count <= suspects.length && !watch.isOver(); count++) {
    const several = suspects.slice(0, count);
    const less = await without(several);
    if (less.score < trouble.score) return acquit(less.plan, several);
  }
  return undefined;
}

/** What does not run with the app can hardly make it answer otherwise. */
const besideTheApp: readonly DraftedBy[] = ['ci', 'ownership', 'agents'];

/** Who drafted something in a plan: whose file the trouble names first, then who touched the app's own code; what others hang on comes last. */
export function suspectsIn({ steps }: RetrofitPlan, { evidence }: Pick<Trouble, 'evidence'>): DraftedBy[] {
  const authors = new Map<string, Set<DraftedBy>>();
  for (const { by, path } of steps) authors.set(path, (authors.get(path) ?? new Set()).add(by));
  const points = new Map<DraftedBy, number>();
  for (const { by, path, kind } of steps) {
    const isNamed = authors.get(path)?.size === 1 && evidence.includes(path);
    const touches = kind === 'edit' && !path.endsWith('package.json');
    points.set(by, Math.max(points.get(by) ?? 0, isNamed ? 10 : touches ? 1 : 0));
  }
  const rank = (by: DraftedBy): number =>
    (points.get(by) ?? 0) - (by === 'wiring' ? 40 : besideTheApp.includes(by) ? 30 : 0);
  return [...points.keys()].toSorted((one, other) => rank(other) - rank(one));
}
