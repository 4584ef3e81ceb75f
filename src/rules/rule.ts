import type { RuleId } from '../flow/finding.ts';
import type { Place } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';

/** How bad it is when the rule is broken. */
export type Weight = 'blocker' | 'high' | 'medium' | 'low';

/** From when on a rule has to hold: from the first day, before production, or never as a condition. */
export type RuleStage = 'prototype' | 'production' | 'advisory';

/** How sure a finding is. `review` is shown and never blocks. */
export type Confidence = 'certain' | 'likely' | 'review';

/** What a rule says of one place, or of the whole repository. */
export type RuleFinding =
  | { readonly verdict: 'pass'; readonly message: string; readonly where?: Place }
  | {
      readonly verdict: 'fail';
      /** What can happen, in words of someone who is no engineer. */
      readonly message: string;
      readonly where: Place;
      readonly confidence: Confidence;
      /** What to do about it, in the imperative. */
      readonly remedy: string;
      /** The line that proves it, secrets masked. */
      readonly evidence?: string;
      /** For an absence: where was looked. */
      readonly searched?: readonly string[];
      /** Where it differs from the rule's own. */
      readonly weight?: Weight;
      /** Tells this finding from others of the rule even when lines move, such as `GET /orders/:id`. Default: the evidence. Never a secret. */
      readonly key?: string;
      /** The rule that tells the same mistake: where it does, this one takes no sentence of the conclusion. */
      readonly toldBy?: RuleId;
    }
  /** It could not be told: the message is the reason. */
  | { readonly verdict: 'unknown'; readonly message: string; readonly where?: Place }
  | { readonly verdict: 'not-applicable'; readonly message: string }
  /** Kept by another tool than ours, which `by` names. */
  | { readonly verdict: 'elsewhere'; readonly message: string; readonly by: string; readonly where?: Place };

/** What a rule may know beside the repository: nothing of the machine that it runs on. */
export interface CheckContext {
  /** The day of the check: rules read no clock of their own. */
  readonly today: Date;
}

/** A promise about a repository, and how to tell whether it is kept. */
export interface Rule {
  readonly id: RuleId;
  /** The promise in one sentence. */
  readonly title: string;
  /** Why it matters, for someone who is no engineer. */
  readonly why: string;
  readonly weight: Weight;
  readonly stage: RuleStage;
  /** True when its precision has been measured; before that its failures are `review`. */
  readonly measured: boolean;
  /** How it is found. */
  readonly finds: string;
  /** What it does not see. */
  readonly blind: string;
  /** How it is mended. */
  readonly fix: string;
  /** ASVS, OWASP, CWE and the like. */
  readonly references: readonly string[];
  /** At least one finding, always. Reads facts of the repository and nothing else. */
  check(repository: Repository, context: CheckContext): readonly RuleFinding[] | Promise<readonly RuleFinding[]>;
  /** What a change made worse: a `fail` for each, nothing where nothing is worse. For rules that a single revision cannot answer. */
  compare?(before: Repository, after: Repository): readonly RuleFinding[] | Promise<readonly RuleFinding[]>;
}

/** Types a rule where it is written: `src/rules/<group>/<slug>.ts`, which is its id. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
