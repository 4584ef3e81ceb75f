// Counts the days that this service has left: the end date is part of what was agreed, so everybody can see it coming.
import { lifecycle } from './lifecycle.ts';

const day = 86_400_000;

/** The time that the end date is compared with. Tests move it; nothing else does. */
export const clock = { now: (): Date => new Date() };

/** The last moment of the last day. */
export function end(): Date {
  return new Date(Date.parse(`${lifecycle.endsOn}T00:00:00Z`) + day - 1000);
}

/** Whole days left after today: 0 on the last day, below 0 once it is over; infinite in production, which has no end date. */
export function daysLeft(now: Date = clock.now()): number {
  if (lifecycle.stage === 'production') return Infinity;
  return Math.floor((end().getTime() - now.getTime()) / day);
}

/** True from the first moment after the last day. */
export function hasEnded(now: Date = clock.now()): boolean {
  return daysLeft(now) < 0;
}

/** Two weeks before the end, and ever after: the sentence that says so, for logs and workflows. */
export function endNotice(now: Date = clock.now()): string | undefined {
  const left = daysLeft(now);
  if (left > 14) return undefined;
  if (left < 0) return `this ${lifecycle.stage} service was to end on ${lifecycle.endsOn}: ask ${lifecycle.owner}`;
  return `this ${lifecycle.stage} service ends on ${lifecycle.endsOn}, ${left} days from now: ask ${lifecycle.owner}`;
}
