import type { NotRead, Repository } from '../repository/repository.ts';
import type { Rule } from '../rules/rule.ts';
import { ask, type OnRule } from './ask.ts';
import { applyBaseline, type Baseline } from './baseline.ts';
import type { Finding } from './finding.ts';
import { judged } from './judge.ts';
import { withPromises } from './promises.ts';
import { withProofs, type Proof } from './proofs.ts';
import { reportOn, type Told } from './report-on.ts';
import type { Report, Stage } from './report.ts';
import { applyWaivers } from './waivers.ts';

export interface CheckOptions {
  readonly rules: readonly Rule[];
  readonly stage: Stage;
  /** How many rules there are beside these. */
  readonly rulesLeftOut?: number;
  /** The day of the check. Default: now. */
  readonly today?: Date;
  /** The version of create-shipshape. */
  readonly version: string;
  /** Findings that were there before: they are told and fail no run. */
  readonly baseline?: Baseline;
  /** Tells only what lies in files that changed since a revision. */
  readonly changed?: { readonly since: string; readonly paths: ReadonlySet<string> };
  /** What the guardrails of a project that create-shipshape made say of it. */
  readonly promises?: (repository: Repository) => readonly Finding[];
  /** What was seen when the app ran: it replaces what its text suggests. */
  readonly proofs?: readonly Proof[];
  /** What was not read beside what the repository tells. */
  readonly notRead?: readonly NotRead[];
  readonly onRule?: OnRule;
}

/** Asks every rule about a repository. */
export async function checkRepository(repository: Repository, options: CheckOptions): Promise<Report> {
  const today = options.today ?? new Date();
  const asked = await ask(repository, options.rules, { today }, options.onRule);
  const answers = withProofs(
    withPromises(asked, options.promises?.(repository) ?? []),
    options.rules,
    options.proofs ?? [],
  );
  const { findings, unused } = applyWaivers(repository, judged(answers, options.stage), today);
  const told: Told = { findings, unusedWaivers: unused };
  return reportOn(repository, options, inChangedFiles(withBaseline(told, options), options));
}

function withBaseline(told: Told, { baseline }: CheckOptions): Told {
  return baseline ? { ...told, ...applyBaseline(told.findings, baseline) } : told;
}

function inChangedFiles(told: Told, { changed }: CheckOptions): Told {
  if (!changed) return told;
  const findings = told.findings.filter(({ where }) => where !== undefined && changed.paths.has(where.path));
  return { ...told, findings, unusedWaivers: [], changedSince: changed.since };
}
