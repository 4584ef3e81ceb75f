import type { About } from '../../frameworks/about.ts';
import type { RetrofitPlan } from '../../retrofit/plan.ts';
import type { SecretFinding } from '../../secrets/finding.ts';
import type { Terminal } from '../../world/terminal.ts';

/** How wide the reader's screen is, and whether it has colours. */
export type Look = Pick<Terminal, 'colors' | 'width'>;

/** What was seen of a project before anything was asked. */
export interface LookTelling {
  readonly facts: readonly About[];
  /** Credentials that work for whoever reads the code. */
  readonly keys: readonly SecretFinding[];
  /** Promises that are broken, and at how many places. */
  readonly missing: readonly { readonly rule: string; readonly title: string; readonly count: number }[];
}

/** Something that was asked, or would have been. */
export interface Question {
  /** How to answer it on the command line, such as `--auth`. */
  readonly flag: string;
  readonly question: string;
  /** The answer that the plan was made with. */
  readonly answer: string;
}

/** A plan, for programs. */
export interface PlanTelling {
  readonly plan: RetrofitPlan;
  readonly questions: readonly Question[];
}
