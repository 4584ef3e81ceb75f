// Generated from the folder names by `npm run registries`.
import type { Guardrail } from './guardrail.ts';

/** Every guardrail, by id. */
export const guardrails: readonly Guardrail[] = [];
