import type { Budget } from '../flow/budget.ts';
import type { GuardrailId } from '../guardrails/ids.ts';
import type { Place } from '../repository/place.ts';
import type { Step } from '../tree/step.ts';

/** Who drafts: a guardrail, or what all those that stand in the way of a request hang on: one import, one call, the frame. */
export type DraftedBy = GuardrailId | 'wiring';

/** What one guardrail does to one file, and why, in one sentence. */
export type PlannedStep = Step & { readonly by: DraftedBy; readonly why: string };

/** Something that a person has to do. Holds no secret. */
export interface Left {
  readonly by: DraftedBy;
  readonly where: Place;
  readonly why: string;
  /** Lines to paste there, as they are. */
  readonly lines: readonly string[];
}

/** A promise that is kept already, by something of the project's own. */
export interface Kept {
  readonly by: DraftedBy;
  /** Such as `sign-in stays with passport`. */
  readonly what: string;
  readonly where?: Place;
}

/** What a retrofit will do: a value that is shown, proven, written, or stored. */
export interface RetrofitPlan {
  /** In the order in which they are taken. */
  readonly steps: readonly PlannedStep[];
  readonly left: readonly Left[];
  readonly kept: readonly Kept[];
  /** What the new packages bring along. */
  readonly budget: Budget;
  /** Names of settings that the project reads from now on. */
  readonly settings: readonly PlannedSetting[];
}

/** A setting that a retrofitted project reads. */
export interface PlannedSetting {
  readonly name: string;
  readonly about: string;
  readonly secret: boolean;
  /** How the guards read it for the app, such as `secret(required())`; undefined where somebody else reads it. */
  readonly code?: string;
}
