import type { Place } from '../repository/place.ts';
import type { NotRead } from '../repository/repository.ts';
import type { Confidence, RuleStage, Weight } from '../rules/rule.ts';
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
  readonly searched?: readonly string[];
  readonly confidence?: Confidence;
  readonly weight: Weight;
  readonly ruleStage: RuleStage;
  /** True when it stands between this repository and the next stage. */
  readonly blocks: boolean;
  /** True when the baseline knows it already. */
  readonly known: boolean;
  readonly remedy?: string;
  readonly by?: string;
  readonly waiver?: Waiver;
  /** The same finding has the same fingerprint in every run, whatever its line. 16 hex digits. */
  readonly fingerprint: string;
}

/** A finding that somebody answers for, until a day. They stand in `waivers` of shipshape.json. */
export interface Waiver {
  readonly rule: RuleId;
  /** The file, or `file:line`, or the key of the finding; `*` for all places. */
  readonly place: string;
  readonly reason: string;
  readonly owner: string;
  /** YYYY-MM-DD, the last day it holds. */
  readonly until: string;
}

export interface Report {
  /** The version of this shape. */
  readonly schema: 1;
  readonly version: string;
  readonly repository: string;
  readonly commit: string | undefined;
  readonly stage: Stage;
  /** What it is, each with the place that proves it. */
  readonly about: readonly { readonly text: string; readonly where?: Place }[];
  readonly findings: readonly ReportedFinding[];
  readonly notRead: readonly NotRead[];
  readonly files: number;
}
