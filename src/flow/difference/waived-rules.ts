import type { Repository } from '../../repository/repository.ts';
import { waiversOf, type WrittenWaiver } from '../../repository/waivers.ts';
import type { RuleId } from '../finding.ts';
import { stageOf } from '../stage.ts';
import type { LookForLoss } from './loss.ts';

const weaker = { weight: 'medium', confidence: 'review' } as const;

/** Rules that were waived, for longer or for the first time, and a stage that asks for less. A person has to have meant it: shown, and blocking nothing. */
export const waivedRules: LookForLoss = (before, after) => [
  ...newWaivers(before, after).map(({ waiver, line }) => ({
    ...weaker,
    control: 'waiver',
    rule: waiver.rule as RuleId,
    message: `This rule was waived at ${waiver.place} until ${waiver.until || 'no day'}, by ${waiver.owner || 'nobody'}: ${waiver.reason || 'no reason given'}.`,
    where: { path: 'shipshape.json', line },
    remedy: 'Have the owner confirm the waiver, or mend the finding instead.',
    key: `waiver ${waiver.rule} ${waiver.place}`,
  })),
  ...(stageOf(before) === 'production' && stageOf(after) === 'prototype'
    ? [
        {
          ...weaker,
          control: 'stage',
          rule: 'ownership/lifecycle-expiry' as const,
          message: 'It was in production, and calls itself a prototype now: fewer rules block.',
          where: { path: 'catalog-info.yaml' },
          remedy: 'Set lifecycle back to production, or take it offline.',
          key: 'stage',
        },
      ]
    : []),
];

function newWaivers(before: Repository, after: Repository): WrittenWaiver[] {
  const known = waiversOf(before) ?? [];
  return (waiversOf(after) ?? []).filter(
    ({ waiver }) =>
      waiver.rule.includes('/') &&
      !known.some(
        ({ waiver: old }) => old.rule === waiver.rule && old.place === waiver.place && old.until >= waiver.until,
      ),
  );
}
