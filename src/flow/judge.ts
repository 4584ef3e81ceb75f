import { createHash } from 'node:crypto';
import type { Place } from '../repository/place.ts';
import type { Rule, RuleFinding } from '../rules/rule.ts';
import { shown } from './shown.ts';
import type { ReportedFinding, Stage } from './report.ts';

/** What judging needs of a rule. */
export type JudgedRule = Pick<Rule, 'id' | 'title' | 'weight' | 'stage' | 'measured'>;

/** What a rule has answered, as it said it. */
export interface Answer {
  readonly rule: JudgedRule;
  readonly finding: RuleFinding;
  /** Set where the finding says that a safeguard was taken away. */
  readonly control?: string;
  /** Set where the rule itself failed. */
  readonly stack?: string;
}

/** Answers as findings: what blocks at this stage, with fingerprints, in one order. Paths are as they stand in the repository. */
export function judged(answers: readonly Answer[], stage: Stage): ReportedFinding[] {
  const seen = new Map<string, number>();
  return answers.toSorted(byPlace).map((answer) => {
    const identity = identityOf(answer);
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    return reported(answer, stage, hash(before === 0 ? identity : `${identity}\0${before}`));
  });
}

/** What stays the same of a finding when its file is moved: 16 hex digits. */
export function essenceOf({ rule, key, evidence = '', message }: ReportedFinding): string {
  return hash([rule, key ?? (plain(evidence) || message)].join('\0'));
}

function reported({ rule, finding, control, stack }: Answer, stage: Stage, fingerprint: string): ReportedFinding {
  const failed = finding.verdict === 'fail' ? finding : undefined;
  const confidence = failed && (rule.measured ? failed.confidence : 'review');
  return {
    rule: rule.id,
    verdict: finding.verdict,
    message: shown(finding.message),
    ...('where' in finding && finding.where && { where: finding.where }),
    ...(failed?.evidence !== undefined && { evidence: shown(failed.evidence) }),
    ...(failed?.searched && { searched: failed.searched.map(shown) }),
    ...(confidence && { confidence }),
    weight: failed?.weight ?? rule.weight,
    ruleStage: rule.stage,
    blocks: failed !== undefined && confidence !== 'review' && blocksAt(rule, stage),
    known: false,
    ...(failed && { remedy: shown(failed.remedy) }),
    ...(finding.verdict === 'elsewhere' && { by: shown(finding.by) }),
    ...(failed?.key !== undefined && { key: shown(failed.key) }),
    ...(failed?.toldBy !== undefined && { toldBy: failed.toldBy }),
    ...(control !== undefined && { control }),
    ...(stack !== undefined && { stack: stack.split('\n').map(shown).join('\n') }),
    fingerprint,
  };
}

function blocksAt({ stage: from }: JudgedRule, stage: Stage): boolean {
  return from === 'prototype' || (from === 'production' && stage === 'production');
}

/** The rule, the file and the evidence; never the line, which moves. */
function identityOf({ rule, finding }: Answer): string {
  const { path = '' } = placeOf(finding) ?? {};
  const failed = finding.verdict === 'fail' ? finding : undefined;
  return [rule.id, finding.verdict, path, failed?.key ?? plain(failed?.evidence ?? '')].join('\0');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function plain(evidence: string): string {
  return evidence.replaceAll(/\s+/g, ' ').trim();
}

/** Sorts by rule, then place, then words: the same repository gives the same order everywhere. */
function byPlace(one: Answer, other: Answer): number {
  const [left, right] = [one, other].map(({ finding }) => placeOf(finding));
  return (
    compare(one.rule.id, other.rule.id) ||
    compare(left?.path ?? '', right?.path ?? '') ||
    (left?.line ?? 0) - (right?.line ?? 0) ||
    (left?.column ?? 0) - (right?.column ?? 0) ||
    compare(one.finding.message, other.finding.message)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function placeOf(finding: RuleFinding): Place | undefined {
  return 'where' in finding ? finding.where : undefined;
}
