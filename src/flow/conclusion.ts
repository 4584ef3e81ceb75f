import { byDanger } from './danger.ts';
import type { Report, ReportedFinding, Stage, Verdict } from './report.ts';

/** May it go live, and why not: for the person who decides. */
export interface Conclusion {
  /** `not-known`: nothing stands in the way that could be seen, and something important could not be told. */
  readonly answer: 'no' | 'yes' | 'not-known';
  /** At most five, the most dangerous first, each one complete. */
  readonly sentences: readonly string[];
  /** The first command to type, where there is something to do. */
  readonly next?: string;
  /** Findings that block. */
  readonly blocking: number;
  /** Findings by verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
}

const mostSentences = 5;

/** Draws the conclusion from findings. */
export function conclude(
  {
    findings,
    change,
    changedSince,
    rulesLeftOut,
  }: Pick<Report, 'findings' | 'change' | 'changedSince' | 'rulesLeftOut'>,
  stage: Stage,
  version: string,
): Conclusion {
  const broken = rulesIn(findings.filter(({ blocks }) => blocks));
  const unsure = findings.filter(
    ({ verdict, weight, ruleStage }) => verdict === 'unknown' && weight === 'blocker' && ruleStage !== 'advisory',
  );
  const answer = broken.length > 0 ? 'no' : unsure.length > 0 ? 'not-known' : 'yes';
  const first = broken[0]?.[0] ?? unsure[0];
  const partial = change !== undefined || changedSince !== undefined;
  return {
    answer,
    sentences:
      answer === 'no'
        ? reasons(broken)
        : partial
          ? [nothingWorse(changedSince ?? change?.since ?? '')]
          : [...restOf(findings, unsure, stage), ...leftOut(rulesLeftOut)],
    ...(first && { next: `npx create-shipshape@${version} explain ${first.rule}` }),
    blocking: findings.filter(({ blocks }) => blocks).length,
    counts: countsOf(findings),
  };
}

/** One sentence for each broken rule, about its worst finding; the last one counts what is left. */
function reasons(broken: readonly (readonly ReportedFinding[])[]): string[] {
  const fits = broken.length <= mostSentences ? broken.length : mostSentences - 1;
  const told = broken.slice(0, fits).map(([worst, ...more]) => {
    const others = more.length === 0 ? '' : ` (and ${more.length} more like it)`;
    return `${firstSentence(worst?.message ?? '')}${others}.`;
  });
  const left = broken.length - fits;
  return left === 0 ? told : [...told, `And ${left} more rules are broken.`];
}

function restOf(findings: readonly ReportedFinding[], unsure: readonly ReportedFinding[], stage: Stage): string[] {
  const later = new Set(
    findings.filter(({ verdict, confidence }) => verdict === 'fail' && confidence !== 'review').map(({ rule }) => rule),
  ).size;
  const look = new Set(
    findings.filter(({ verdict, confidence }) => verdict === 'fail' && confidence === 'review').map(({ rule }) => rule),
  ).size;
  const [worst] = unsure;
  return [
    stage === 'prototype'
      ? 'Nothing that this check looks for stands in the way of a prototype.'
      : 'Nothing that this check looks for stands in the way.',
    worst && `What matters most could not be told: ${firstSentence(worst.message)}.`,
    later > 0 &&
      stage === 'prototype' &&
      `Before production, ${counted(later, 'more rule has', 'more rules have')} to be kept.`,
    look > 0 && `${counted(look, 'thing needs', 'things need')} a look by somebody who knows the code.`,
  ].filter((sentence) => typeof sentence === 'string');
}

function leftOut(count: number): string[] {
  return count === 0
    ? []
    : [`${counted(count, 'rule was', 'rules were')} not asked, so this is only a part of the answer.`];
}

function nothingWorse(since: string): string {
  return `Nothing that this check looks for got worse since ${since}.`;
}

/** The findings of each rule, the most dangerous rule and finding first. */
function rulesIn(findings: readonly ReportedFinding[]): ReportedFinding[][] {
  const byRule = new Map<string, ReportedFinding[]>();
  for (const finding of findings.toSorted(byDanger))
    byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  return [...byRule.values()];
}

/** The first sentence of a text, without its full stop. */
export function firstSentence(text: string): string {
  return (text.split(/(?<=[.!?])\s+(?=[A-Z"'`])/)[0] ?? text).replace(/[.!]$/, '');
}

/** `1 thing needs`, `3 things need`. */
export function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

function countsOf(findings: readonly ReportedFinding[]): Record<Verdict, number> {
  const counts = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0, elsewhere: 0, waived: 0 };
  for (const { verdict } of findings) counts[verdict]++;
  return counts;
}
