import { counted } from '../../flow/conclusion.ts';
import { shown } from '../../flow/shown.ts';
import type { Proof, RouteProof } from '../../retrofit/proof.ts';

/** How many routes were proven, and how many were not. */
export interface RouteCounts {
  readonly same: number;
  readonly worse: number;
  readonly notProven: number;
}

/** Counts routes by what was seen. */
export function routeCounts(routes: readonly RouteProof[]): RouteCounts {
  const count = (verdict: RouteProof['verdict']): number => routes.filter((route) => route.verdict === verdict).length;
  return { same: count('same'), worse: count('worse'), notProven: count('not-proven') };
}

/** What became of the routes, in one sentence that claims no more than was seen. */
export function routesInWords({ before, after, routes }: Proof): string {
  if (!before.started) return `It does not start today, so nothing could be compared: ${ended(before.why)}`;
  if (after?.started === false) return `It starts today, and did not start with the change: ${ended(after.why)}`;
  if (routes.length === 0) return 'It starts before and after the change. There was no route to compare.';
  const { same, worse, notProven } = routeCounts(routes);
  const parts = [
    `${same} of ${counted(routes.length, 'route is', 'routes are')} proven to answer as before`,
    worse > 0 && `${worse} ${worse === 1 ? 'answers' : 'answer'} worse`,
    notProven > 0 && `${notProven} could not be proven`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

const words = { same: 'proven', worse: 'worse', 'not-proven': 'not proven' } as const;

/** A verdict as people read it. */
export function verdictInWords(verdict: RouteProof['verdict']): string {
  return words[verdict];
}

const order = ['worse', 'not-proven', 'same'] as const;

/** What needs a look comes first. */
export function byNeed(routes: readonly RouteProof[]): readonly RouteProof[] {
  return routes.toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
}

/** `200 json` for `200 application/json`: a table has little room. */
export function shortAnswer(answer: string): string {
  return answer
    .replace(/^(\d{3}) [\w.+-]+\/(?:[\w.-]+\+)?([\w.-]+)$/, '$1 $2')
    .replace(/^the handler was reached$/, 'reached');
}

/** A reason that ends with a full stop, whoever gave it. */
export function ended(why: string): string {
  return /[.!?]$/.test(why) ? why : `${why}.`;
}

/** A route as people read it: the address that is nowhere stands for all others. */
export function keyInWords(key: string): string {
  return key.endsWith(' /no/such/address/in/this/app') ? 'any other address' : shown(key);
}
