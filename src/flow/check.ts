import { createHash } from 'node:crypto';
import { serversOf } from '../frameworks/servers.ts';
import { printable } from '../repository/printable.ts';
import type { Repository } from '../repository/repository.ts';
import type { Rule, RuleFinding } from '../rules/rule.ts';
import type { Report, ReportedFinding, Stage } from './report.ts';

export interface CheckOptions {
  readonly rules: readonly Rule[];
  readonly stage: Stage;
  /** The day of the check. */
  readonly today?: Date;
  /** The version of create-shipshape. */
  readonly version: string;
}

/** Asks every rule about a repository. */
export async function checkRepository(repository: Repository, options: CheckOptions): Promise<Report> {
  const findings: ReportedFinding[] = [];
  for (const rule of options.rules) {
    for (const finding of await rule.check(repository, { today: options.today ?? new Date() })) findings.push(reported(rule, finding, options.stage));
  }
  return {
    schema: 1,
    version: options.version,
    repository: printable(repository.name),
    commit: repository.git?.head,
    stage: options.stage,
    about: serversOf(repository).map(({ framework, where, routes }) => ({
      text: `${framework}, ${routes.length} routes`,
      where,
    })),
    findings,
    notRead: [...repository.notRead, ...repository.unparsed],
    files: repository.files.length,
  };
}

function reported(rule: Rule, finding: RuleFinding, stage: Stage): ReportedFinding {
  const failed = finding.verdict === 'fail' ? finding : undefined;
  const confidence = failed && (rule.measured ? failed.confidence : 'review');
  const weight = failed?.weight ?? rule.weight;
  return {
    rule: rule.id,
    weight,
    ruleStage: rule.stage,
    blocks: failed !== undefined && confidence !== 'review' && blocksAt(rule, stage),
    known: false,
    fingerprint: fingerprintOf(rule, finding),
    ...finding,
    ...(confidence && { confidence }),
  };
}

function blocksAt({ stage: from }: Rule, stage: Stage): boolean {
  return from === 'prototype' || (from === 'production' && stage === 'production');
}

function fingerprintOf({ id }: Rule, finding: RuleFinding): string {
  const path = 'where' in finding ? (finding.where?.path ?? '') : '';
  const key = finding.verdict === 'fail' ? (finding.key ?? finding.evidence ?? '') : '';
  return createHash('sha256').update([id, path, key].join('\0')).digest('hex').slice(0, 16);
}
