import type { Confidence, Weight } from '../rules/rule.ts';
import type { ReportedFinding } from './report.ts';

/** What each weight counts: RULES, weights blocker 10, high 6, medium 3, low 1. */
export const weights: Readonly<Record<Weight, number>> = { blocker: 10, high: 6, medium: 3, low: 1 };

const confidences: readonly Confidence[] = ['certain', 'likely', 'review'];

const methods = ['DELETE', 'PUT', 'PATCH', 'POST'];

/** Groups of rules, those first in which a mistake hurts other people soonest. */
export const groups = {
  auth: 'Who may do what',
  secrets: 'Passwords and keys',
  security: 'Attacks from outside',
  ci: 'The way to production',
  tests: 'Tests',
  agent: 'Coding agents',
  deps: 'Code of others',
  operability: 'Keeping it running',
  telemetry: 'Seeing what happens',
  ownership: 'Who answers for it',
  arch: 'Room to grow',
} as const;

/** What a group is called by people. */
export function groupTitle(group: string): string {
  return Object.hasOwn(groups, group) ? groups[group as keyof typeof groups] : group;
}

/** The part of a rule's id before the slash. */
export function groupOf({ rule }: Pick<ReportedFinding, 'rule'>): string {
  return rule.slice(0, rule.indexOf('/'));
}

/** The most dangerous first: what blocks, how bad, what about, how sure; the rest stays as it is. */
export function byDanger(one: ReportedFinding, other: ReportedFinding): number {
  return (
    Number(other.blocks) - Number(one.blocks) ||
    weights[other.weight] - weights[one.weight] ||
    rankOfGroup(one) - rankOfGroup(other) ||
    confidenceRank(one) - confidenceRank(other) ||
    harmRank(one) - harmRank(other)
  );
}

/** Of several open routes, that which destroys comes before that which shows. */
function harmRank({ key = '' }: ReportedFinding): number {
  const rank = methods.indexOf(/^[A-Z]+(?= )/.exec(key)?.[0] ?? '');
  return rank === -1 ? methods.length : rank;
}

function rankOfGroup(finding: ReportedFinding): number {
  const rank = Object.keys(groups).indexOf(groupOf(finding));
  return rank === -1 ? Object.keys(groups).length : rank;
}

function confidenceRank({ confidence }: ReportedFinding): number {
  return confidence ? confidences.indexOf(confidence) : confidences.length;
}
