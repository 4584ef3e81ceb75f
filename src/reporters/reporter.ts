import type { Answers } from '../answers/answers.ts';
import type { Failure } from '../errors.ts';
import type { Budget } from '../flow/budget.ts';
import type { Timing } from '../world/timings.ts';

/** What a project will be, before anything is written. */
export interface Preview {
  readonly answers: Answers;
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  readonly budget: Budget;
  readonly replay: string;
}

/** What the project's own `check` said. */
export interface Verification {
  /** The command that was run, such as `npm run check`. */
  readonly command: string;
  readonly passed: boolean;
  /** How many tests passed, where the output tells. */
  readonly tests: number | undefined;
  readonly seconds: number;
  /** The end of the output, where it failed. */
  readonly tail: readonly string[];
}

/** What stands on disk at the end, and what is known about it. */
export interface Outcome extends Preview {
  readonly installed: boolean;
  /** Undefined where nothing was run. */
  readonly verification: Verification | undefined;
  /** The short id of the first commit. */
  readonly commit: string | undefined;
  readonly notes: readonly string[];
  /** The commands to type next; each one runs as it stands. */
  readonly next: readonly string[];
}

/** Work that takes a while. */
export interface Progress {
  /** Replaces the line by what came of it. */
  end(text: string, good?: boolean): void;
}

/** One voice for everything that a run has to say. */
export interface Reporter {
  preview(preview: Preview): void;
  /** The end of `--dry-run`. */
  dryRun(preview: Preview): void;
  working(text: string): Progress;
  outcome(outcome: Outcome): void;
  failure(failure: Failure, stack: string | undefined): void;
  timings(timings: readonly Timing[]): void;
}
