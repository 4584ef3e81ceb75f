import type { DraftedBy, RetrofitPlan } from '../plan.ts';
import type { Trouble } from './trouble.ts';

/** What does not run with the app can hardly make it answer otherwise. */
const besideTheApp: readonly DraftedBy[] = ['ci', 'ownership', 'agents'];

/**
 * Who drafted something in a plan: whose file the trouble names first, then who touched the app's own code. What the guards hang on goes
 * with the last of them, and is never left out alone.
 */
export function suspectsIn({ steps }: RetrofitPlan, { evidence }: Pick<Trouble, 'evidence'>): DraftedBy[] {
  const authors = new Map<string, Set<DraftedBy>>();
  for (const { by, path } of steps) authors.set(path, (authors.get(path) ?? new Set()).add(by));
  const points = new Map<DraftedBy, number>();
  for (const { by, path, kind } of steps) {
    if (by === 'wiring') continue;
    const isNamed = authors.get(path)?.size === 1 && evidence.includes(nameIn(path));
    const touches = kind === 'edit' && !path.endsWith('package.json');
    points.set(by, Math.max(points.get(by) ?? 0, isNamed ? 10 : touches ? 1 : 0));
  }
  const rank = (by: DraftedBy): number => (points.get(by) ?? 0) - (besideTheApp.includes(by) ? 30 : 0);
  return [...points.keys()].toSorted((one, other) => rank(other) - rank(one));
}

/** Tools name a file from where they stand: the last two parts are enough. */
function nameIn(path: string): string {
  return path.split('/').slice(-2).join('/');
}
