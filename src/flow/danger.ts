import type { Confidence, Weight } from '../rules/rule.ts';
import type { ReportedFinding } from './report.ts';

/** What each weight counts: RULES, weights blocker 10, high 6, medium 3, low 1. */
export const weights: Readonly<Record<Weight, number>> = { blocker: 10, high: 6, medium: 3, low: 1 };

const confidences: readonly Confidence[] = ['certain', 'likely', 'review'];

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

/** The most dangerous first: what blocks, how bad, what somebody can do with it, what about, how sure; the rest stays as it is. */
export function byDanger(one: ReportedFinding, other: ReportedFinding): number {
  return (
    Number(other.blocks) - Number(one.blocks) ||
    weightOf(other) - weightOf(one) ||
    harmRank(one) - harmRank(other) ||
    rankOfGroup(one) - rankOfGroup(other) ||
    confidenceRank(one) - confidenceRank(other) ||
    methodRank(one) - methodRank(other)
  );
}

/** What somebody can do, the worst first. */
const harms = [
  'live credential',
  'destroys',
  'spends',
  'reads all',
  'writes',
  'reads one',
  'reads something',
  'landing page',
] as const;
type Harm = (typeof harms)[number];

/** What replaces comes before what adds. */
const methods = ['DELETE', 'PUT', 'PATCH', 'POST'];

function methodRank({ key = '' }: ReportedFinding): number {
  const rank = methods.indexOf(/^[A-Z]+(?= )/.exec(key)?.[0] ?? '');
  return rank === -1 ? methods.length : rank;
}

function harmRank(finding: ReportedFinding): number {
  return harms.indexOf(harmOf(finding));
}

/** An open landing page comes after whatever else is as bad as high. */
function weightOf(finding: ReportedFinding): number {
  return harmOf(finding) === 'landing page' ? Math.min(weights[finding.weight], weights.high) : weights[finding.weight];
}

function harmOf({ rule, weight, message, key = '' }: ReportedFinding): Harm {
  if (groupOf({ rule }) === 'secrets')
    // What is used only where a setting is missing opens nothing by itself.
    return weight === 'blocker' && !/^(?:Where|When)\b/.test(message) ? 'live credential' : 'writes';
  const [, method, path = ''] = /^([A-Z]+) (\S*)/.exec(key) ?? [];
  if (rule !== 'auth/default-deny' || method === undefined) return 'writes';
  if (method === 'DELETE' || /\bcan (?:delete|remove)\b/.test(message)) return 'destroys';
  if (/\bcan spend\b/.test(message)) return 'spends';
  if (/\bcan read all (?!status|metrics|stats|docs|news|faqs|versions|features)/.test(message)) return 'reads all';
  if (method !== 'GET' && method !== 'HEAD') return 'writes';
  if (/^\/?(?:index(?:\.html)?|home|welcome)?$/.test(path)) return 'landing page';
  return /[:[{]\w/.test(path) ? 'reads one' : 'reads something';
}

function rankOfGroup(finding: ReportedFinding): number {
  const rank = Object.keys(groups).indexOf(groupOf(finding));
  return rank === -1 ? Object.keys(groups).length : rank;
}

function confidenceRank({ confidence }: ReportedFinding): number {
  return confidence ? confidences.indexOf(confidence) : confidences.length;
}
