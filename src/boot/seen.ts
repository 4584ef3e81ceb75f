import type { RuleFinding } from '../rules/rule.ts';

/** A broken promise. */
export type Failure = Extract<RuleFinding, { verdict: 'fail' }>;

const top = { path: '.' };

/** A finding about something that was done, not read: it is certain. */
export function seen(message: string, remedy: string, evidence: string, more: Partial<Failure> = {}): Failure {
  return { verdict: 'fail', confidence: 'certain', where: top, message, remedy, evidence, ...more };
}
