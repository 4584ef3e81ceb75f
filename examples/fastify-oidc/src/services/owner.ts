import { currentUser } from '../guardrails/gate.ts';

/** Whose records the current request may see and make. */
export function owner(): string {
  return currentUser().id;
}
