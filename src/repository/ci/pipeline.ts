import type { Place } from '../place.ts';

/** One step of a job: a text for the shell, or an action of somebody else. */
export interface CiStep {
  /** Where the text begins. */
  readonly where: Place;
  /** For the shell; '' for an action. */
  readonly text: string;
  /** The folder it runs in, from the top of the repository. */
  readonly folder: string;
  /** The action or task it uses: `actions/checkout@v4`. */
  readonly uses: string | undefined;
  /** True when its failure does not fail the job, or it never runs. */
  readonly mayFail: boolean;
}

export interface CiJob {
  readonly name: string;
  readonly where: Place;
  /** Whether it runs on a change before that is merged. */
  readonly onChange: boolean;
  /** True when its failure does not count. */
  readonly mayFail: boolean;
  readonly steps: readonly CiStep[];
}

/** What one CI system does with a repository. */
export interface Pipeline {
  /** As people call it: `GitHub Actions`. */
  readonly system: string;
  readonly path: string;
  readonly jobs: readonly CiJob[];
  /** What could not be followed, with the reason: it may hold any step. */
  readonly unclear: readonly { readonly where: Place; readonly why: string }[];
}
