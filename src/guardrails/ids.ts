/** Every guardrail, in the order in which a retrofit brings them in: the last ones look at what the others have done. */
export const guardrailIds = [
  'secrets',
  'operability',
  'logs',
  'security',
  'auth',
  'telemetry',
  'dependencies',
  'tests',
  'ci',
  'ownership',
  'agents',
] as const;

export type GuardrailId = (typeof guardrailIds)[number];

/** True for the id of a guardrail. */
export function isGuardrail(word: string): word is GuardrailId {
  return (guardrailIds as readonly string[]).includes(word);
}
