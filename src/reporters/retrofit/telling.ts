import type { About } from '../../frameworks/about.ts';
import type { Report } from '../../flow/report.ts';
import type { RetrofitAnswers } from '../../retrofit/answers.ts';
import type { RetrofitPlan } from '../../retrofit/plan.ts';
import type { Proof } from '../../retrofit/proof.ts';
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

/** What was done to a project, and what is known of it. */
export interface OutcomeTelling {
  /** The name of the project. */
  readonly project: string;
  /** The version of create-shipshape. */
  readonly version: string;
  /** The day, YYYY-MM-DD. */
  readonly date: string;
  /** What was written: what the proof has dropped is not in it. */
  readonly plan: RetrofitPlan;
  readonly answers: RetrofitAnswers;
  /** What `check` said before and after. */
  readonly before: Report;
  readonly after: Report;
  /** Undefined where nothing was run. */
  readonly proof: Proof | undefined;
  /** Credentials that stood in the code, before. */
  readonly keys: readonly SecretFinding[];
  /** The command that installed the new packages; undefined where nothing was installed. */
  readonly installed: string | undefined;
  /** Undefined where nothing was committed. */
  readonly commits: { readonly branch: string; readonly count: number } | undefined;
  /** The commands to type next, each as it stands. */
  readonly next: readonly string[];
  /** The command that takes all of it back. */
  readonly undo: string;
  readonly notes: readonly string[];
}
