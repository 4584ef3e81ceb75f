import type { Place } from '../repository/place.ts';
import type { NotRead } from '../repository/repository.ts';
import type { Waiver } from '../repository/waivers.ts';
import type { Confidence, RuleStage, Weight } from '../rules/rule.ts';
import type { Conclusion } from './conclusion.ts';
import type { RuleId } from './finding.ts';

export type Verdict = 'pass' | 'fail' | 'unknown' | 'not-applicable' | 'elsewhere' | 'waived';

/** The stage of a project, which decides what blocks. */
export type Stage = 'prototype' | 'production';

/** One finding as every voice tells it. Texts are printable, secrets are masked. */
export interface ReportedFinding {
  readonly rule: RuleId;
  readonly verdict: Verdict;
  readonly message: string;
  readonly where?: Place;
  readonly evidence?: string;
  /** For an absence: where was looked. */
  readonly searched?: readonly string[];
  readonly confidence?: Confidence;
  readonly weight: Weight;
  readonly ruleStage: RuleStage;
  /** True when it stands in the way at this stage. */
  readonly blocks: boolean;
  /** True when the baseline knows it already: it fails no run. */
  readonly known: boolean;
  readonly remedy?: string;
  /** The other tool that keeps the promise. */
  readonly by?: string;
  /** What tells it from others of its rule, such as `GET /orders/:id`. */
  readonly key?: string;
  readonly waiver?: Waiver;
  /** In a comparison: the safeguard that the change takes away, such as `guard` or `test`. */
  readonly control?: string;
  /** Where the program itself stumbled: for whoever mends the program. */
  readonly stack?: string;
  /** The same finding has the same fingerprint in every run, whatever its line. 16 hex digits. */
  readonly fingerprint: string;
}

/** A rule that was asked. */
export interface ReportedRule {
  readonly id: RuleId;
  /** The promise in one sentence. */
  readonly title: string;
  readonly weight: Weight;
  readonly stage: RuleStage;
}

/** What a list of findings that were there before makes of this run. */
export interface BaselineResult {
  /** Findings that are there still. */
  readonly known: number;
  /** Findings that have been mended since. */
  readonly gone: number;
  /** Failures that nobody has accepted. */
  readonly fresh: number;
  /** Rule to the number of findings when the baseline was written. */
  readonly before: Readonly<Record<string, number>>;
  /** YYYY-MM-DD. */
  readonly written: string;
}

/** What two revisions differ in. */
export interface ChangeResult {
  /** The revision as it was asked for. */
  readonly since: string;
  /** Its commit. */
  readonly commit: string | undefined;
  /** Failures that are there no more. */
  readonly mended: number;
  /** Rule to the number of failures before the change. */
  readonly before: Readonly<Record<string, number>>;
  /** Rule to the number of failures after it. */
  readonly after: Readonly<Record<string, number>>;
}

export interface Report {
  /** The version of this shape. */
  readonly schema: 1;
  /** The version of create-shipshape. */
  readonly version: string;
  readonly repository: string;
  readonly commit: string | undefined;
  /** The day of the check, YYYY-MM-DD. */
  readonly date: string;
  readonly stage: Stage;
  /** May it go live, and why not. */
  readonly conclusion: Conclusion;
  /** What it is, each with the place that proves it. */
  readonly about: readonly { readonly text: string; readonly where?: Place }[];
  readonly rules: readonly ReportedRule[];
  /** How many rules were left out by --only or --skip. */
  readonly rulesLeftOut: number;
  readonly findings: readonly ReportedFinding[];
  /** Waivers that no finding needs. */
  readonly unusedWaivers: readonly Waiver[];
  readonly baseline?: BaselineResult;
  readonly change?: ChangeResult;
  /** Set when only findings in files that changed since a revision are told. */
  readonly changedSince?: string;
  readonly notRead: readonly NotRead[];
  readonly files: number;
}
