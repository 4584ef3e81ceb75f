import type { GuardrailId } from '../guardrails/ids.ts';
import type { Draft } from './draft.ts';
import type { Scene } from './scene.ts';

/** How one guardrail is brought into a project that exists. */
export interface Retrofitter {
  readonly id: GuardrailId;
  /** Guardrails without which this one cannot work; they come along, and that is said. */
  readonly needs?: readonly GuardrailId[];
  /**
   * Drafts what is missing and nothing else: where the promise is kept already, by whatever means, it changes nothing.
   * What cannot be done safely is left, with the lines to paste.
   */
  retrofit(scene: Scene, draft: Draft): void | Promise<void>;
}

/** Types a retrofitter where it is written. */
export function defineRetrofit(retrofitter: Retrofitter): Retrofitter {
  return retrofitter;
}
