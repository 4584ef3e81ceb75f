import type { Weight } from '../rules/rule.ts';
import { weights } from './danger.ts';
import type { Report } from './report.ts';

/** What makes a run end with 1. */
export const failOns = ['blocking', 'any', 'blocker', 'high', 'medium', 'low', 'never'] as const;
export type FailOn = (typeof failOns)[number];

/** True when the run is to end with 1. `blocking`: what blocks at this stage. A weight: sure failures of that weight or more, whatever the stage. `any`: every failure. Known and waived findings never count. */
export function fails({ findings }: Pick<Report, 'findings'>, failOn: FailOn): boolean {
  const fresh = findings.filter(({ verdict, known }) => verdict === 'fail' && !known);
  if (failOn === 'never') return false;
  if (failOn === 'any') return fresh.length > 0;
  if (failOn === 'blocking') return fresh.some(({ blocks }) => blocks);
  return fresh.some(({ weight, confidence }) => confidence !== 'review' && atLeast(weight, failOn));
}

function atLeast(weight: Weight, least: Weight): boolean {
  return weights[weight] >= weights[least];
}
