import { counted } from '../../flow/conclusion.ts';
import { groupTitle } from '../../flow/danger.ts';
import type { Report, Verdict } from '../../flow/report.ts';
import { placeText } from '../../repository/place.ts';
import { outlineOf, type RuleOutline } from '../check/outline.ts';
import { leftTold } from './outline.ts';
import type { OutcomeTelling } from './telling.ts';

/** A rule before and after: at how many places it is broken. */
export interface RuleChange {
  readonly rule: string;
  /** The promise, in one sentence. */
  readonly title: string;
  readonly before: number;
  readonly after: number;
  /** What it was before and is now, where it was asked: a rule that cannot be told any more is not kept. */
  readonly was: Verdict | undefined;
  readonly is: Verdict | undefined;
  /** True where it stood in the way, or does so now. */
  readonly blocks: boolean;
}

/** The rules of one group that were broken or are. */
export interface GroupChange {
  readonly title: string;
  readonly rules: readonly RuleChange[];
}

/** What two checks differ in, by group; rules that were kept and are kept are left out. */
export function changesByGroup(before: Report, after: Report): readonly GroupChange[] {
  const [was, is] = [rulesOf(before), rulesOf(after)];
  const ids = [...new Set([...was.keys(), ...is.keys()])];
  const changes = ids.flatMap((id): RuleChange[] => {
    const [old, now] = [was.get(id), is.get(id)];
    const counts = { before: old?.failures.length ?? 0, after: now?.failures.length ?? 0 };
    if (counts.before + counts.after === 0) return [];
    const blocks = old?.blocks === true || now?.blocks === true;
    return [{ rule: id, title: (now ?? old)?.title ?? id, ...counts, was: old?.verdict, is: now?.verdict, blocks }];
  });
  const groups = new Map<string, RuleChange[]>();
  for (const change of changes) {
    const title = groupTitle(change.rule.slice(0, change.rule.indexOf('/')));
    groups.set(title, [...(groups.get(title) ?? []), change]);
  }
  return [...groups].map(([title, rules]) => ({ title, rules }));
}

function rulesOf(report: Report): Map<string, RuleOutline> {
  return new Map(outlineOf(report).flatMap(({ rules }) => rules.map((rule) => [rule.id, rule] as const)));
}

/** What became of a rule. */
export type Turn = 'kept' | 'better' | 'same' | 'worse' | 'not-known';

/** What became of a rule: only what is known to be kept counts as kept. */
export function turnOf({ before, after, is }: RuleChange): Turn {
  if (after === 0) return is === undefined || is === 'unknown' ? 'not-known' : 'kept';
  return after < before ? 'better' : after === before ? 'same' : 'worse';
}

/** `9 places before, none now` */
export function turnInWords(change: RuleChange): string {
  const { before, after } = change;
  const old: Partial<Record<Verdict, string>> = {
    unknown: 'not known before',
    'not-applicable': 'did not apply before',
  };
  const was =
    before > 0 ? `${counted(before, 'place', 'places')} before` : (old[change.was ?? 'unknown'] ?? 'kept before');
  const is = turnOf(change) === 'not-known' ? 'cannot be told now' : after === 0 ? 'none now' : `${after} now`;
  return `${was}, ${is}`;
}

/** How many rules were broken before, and how many of these are kept now; how many are broken that were not. */
export function ruleCounts(groups: readonly GroupChange[]): {
  readonly broken: number;
  readonly mended: number;
  readonly fresh: number;
} {
  const rules = groups.flatMap((group) => group.rules);
  const broken = rules.filter(({ before }) => before > 0);
  return {
    broken: broken.length,
    mended: broken.filter((rule) => turnOf(rule) === 'kept').length,
    fresh: rules.filter(({ before, after }) => before === 0 && after > 0).length,
  };
}

/** Something that a person has to do or to decide. */
export interface OpenPoint {
  readonly what: string;
  /** `server.js:12`; '' where it is at no one place. */
  readonly where: string;
  /** Lines to paste there. */
  readonly lines: readonly string[];
}

/** What no program could finish, the most pressing first. Keys to revoke are told apart. */
export function openPoints({
  plan,
  proof,
  after,
  answers,
}: Pick<OutcomeTelling, 'plan' | 'proof' | 'after' | 'answers'>): readonly OpenPoint[] {
  return [
    ...(answers.authMode === 'report' ? [reportOnly] : []),
    ...leftTold(plan.left).map(({ why, places, lines }) => ({ what: why, where: placesInWords(places), lines })),
    ...brokenStill(after),
    ...unproven(proof),
    ...(proof?.dropped ?? []).map(({ by, why }) => at(`${by} was taken out of the plan: ${why}`)),
  ];
}

function placesInWords(places: readonly string[]): string {
  const more = places.length > 3 ? ` and ${places.length - 3} more` : '';
  return places.slice(0, 3).join(', ') + more;
}

const reportOnly = at(
  'Nobody is refused yet: strangers are only logged. Set AUTH_MODE to enforce once the log shows nobody whom you want to let in.',
);

function at(what: string, where = ''): OpenPoint {
  return { what, where, lines: [] };
}

/** Rules that stand in the way still: the first place of each. */
function brokenStill(after: Report): OpenPoint[] {
  const rules = outlineOf(after).flatMap((group) => group.rules);
  return rules
    .filter(({ blocks }) => blocks)
    .flatMap(({ failures }) => {
      const [first, ...others] = failures;
      if (!first) return [];
      const more = others.length > 0 ? ` (and ${counted(others.length, 'more place', 'more places')})` : '';
      const where = first.where && first.where.path !== '.' ? placeText(first.where) : '';
      return [at(`${first.message}${more}`, where)];
    });
}

function unproven(proof: OutcomeTelling['proof']): OpenPoint[] {
  if (!proof) return [at('Nothing was run: try the project by hand before you rely on it.')];
  if (!proof.before.started) return [at(`It did not start before the change either: ${proof.before.why}`)];
  const routes = proof.routes.filter(({ verdict }) => verdict !== 'same');
  if (routes.length === 0) return [];
  const names = routes.slice(0, 5).map(({ key }) => key);
  const more = routes.length > 5 ? ` and ${routes.length - 5} more` : '';
  return [at(`Try by hand what could not be proven: ${names.join(', ')}${more}.`)];
}
