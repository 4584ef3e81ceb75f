import { byDanger, groups, groupTitle, weights } from '../../flow/danger.ts';
import type { Report, ReportedFinding, Stage, Verdict } from '../../flow/report.ts';
import type { Weight } from '../../rules/rule.ts';

/** One rule, and everything that was found about it. */
export interface RuleOutline {
  readonly id: string;
  readonly title: string;
  readonly weight: Weight;
  /** The worst of its findings. */
  readonly verdict: Verdict;
  readonly blocks: boolean;
  /** Its failures, the most dangerous first. */
  readonly failures: readonly ReportedFinding[];
  readonly findings: readonly ReportedFinding[];
}

/** The rules of one group, the most dangerous first. */
export interface GroupOutline {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly RuleOutline[];
  /** Rules by their worst verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Rules that fail, and only for a look. */
  readonly toLookAt: number;
}

/** What a repository is asked to be, as it is said. */
export const stageInWords: Readonly<Record<Stage, string>> = {
  prototype: 'as a prototype',
  production: 'for production',
};

/** Verdicts, the worst first. */
const order: readonly Verdict[] = ['fail', 'unknown', 'waived', 'pass', 'elsewhere', 'not-applicable'];

/** A report by groups and rules, the most dangerous first. */
export function outlineOf(report: Pick<Report, 'findings' | 'rules'>): readonly GroupOutline[] {
  const outlines = [...groupedByRule(report.findings)].map(([id, findings]) => ruleOutline(id, findings, report));
  const ids = [...new Set(outlines.map(({ id }) => id.slice(0, id.indexOf('/'))))];
  return ids
    .map((id) => groupOutline(id, outlines))
    .toSorted((one, other) => dangerOf(other) - dangerOf(one) || rankOf(one.id) - rankOf(other.id));
}

function groupedByRule(findings: readonly ReportedFinding[]): Map<string, ReportedFinding[]> {
  const byRule = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const own = byRule.get(finding.rule);
    if (own) own.push(finding);
    else byRule.set(finding.rule, [finding]);
  }
  return byRule;
}

function ruleOutline(id: string, findings: readonly ReportedFinding[], { rules }: Pick<Report, 'rules'>): RuleOutline {
  const failures = findings.filter(({ verdict }) => verdict === 'fail').toSorted(byDanger);
  const rule = rules.find((candidate) => candidate.id === id);
  return {
    id,
    title: rule?.title ?? findings[0]?.message ?? id,
    weight: failures[0]?.weight ?? rule?.weight ?? 'high',
    verdict: order.find((verdict) => findings.some((finding) => finding.verdict === verdict)) ?? 'not-applicable',
    blocks: failures.some(({ blocks }) => blocks),
    failures,
    findings,
  };
}

function groupOutline(id: string, outlines: readonly RuleOutline[]): GroupOutline {
  const rules = outlines.filter((rule) => rule.id.startsWith(`${id}/`)).toSorted(rulesByDanger);
  const counts = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0, elsewhere: 0, waived: 0 };
  for (const { verdict } of rules) counts[verdict]++;
  const toLookAt = rules.filter(isForALook).length;
  return { id, title: groupTitle(id), rules, counts, toLookAt };
}

/** True when all that was found asks for a look by somebody who knows the code. */
export function isForALook({ failures }: RuleOutline): boolean {
  return failures.length > 0 && failures.every(({ confidence }) => confidence === 'review');
}

function rulesByDanger(one: RuleOutline, other: RuleOutline): number {
  return (
    Number(other.blocks) - Number(one.blocks) ||
    order.indexOf(one.verdict) - order.indexOf(other.verdict) ||
    weights[other.weight] - weights[one.weight]
  );
}

/** The weight of what blocks counts, then that of what fails. */
function dangerOf({ rules }: GroupOutline): number {
  const [worst] = rules;
  if (worst?.verdict !== 'fail') return 0;
  return weights[worst.weight] + (worst.blocks ? 100 : 0);
}

function rankOf(group: string): number {
  const rank = Object.keys(groups).indexOf(group);
  return rank === -1 ? Object.keys(groups).length : rank;
}

/** `2 broken, 1 cannot be told, 3 kept`: what became of the rules of a group, in words. */
export function countsInWords({ counts, toLookAt }: GroupOutline): string {
  const broken = counts.fail - toLookAt;
  const kept = counts.pass + counts.elsewhere;
  const parts = [
    broken > 0 && `${broken} broken`,
    toLookAt > 0 && `${toLookAt} to look at`,
    counts.unknown > 0 && `${counts.unknown} cannot be told`,
    counts.waived > 0 && `${counts.waived} waived`,
    kept > 0 && `${kept} kept`,
    counts['not-applicable'] > 0 && `${counts['not-applicable']} not applicable`,
  ];
  return parts.filter(Boolean).join(', ');
}
