import type { Repository } from '../repository/repository.ts';
import type { Rule } from '../rules/rule.ts';
import { widenedAccess } from './difference/access-table.ts';
import { newlyForeign } from './difference/foreign-files.ts';
import { lostGuards } from './difference/guards.ts';
import { liftedLimits } from './difference/limits.ts';
import type { LookForLoss, Loss } from './difference/loss.ts';
import { unmounted } from './difference/mounted.ts';
import { removedOwners } from './difference/owners.ts';
import { removedSteps } from './difference/pipeline-steps.ts';
import { disabledPolicies } from './difference/policies.ts';
import { waivedRules } from './difference/waived-rules.ts';
import type { Answer, JudgedRule } from './judge.ts';

/** Weaker tests and silenced tools are told by the rules tests/no-weakening and agent/no-suppression-drift, which compare by themselves. */
const looks: Readonly<Record<string, LookForLoss>> = {
  guards: lostGuards,
  'access table': widenedAccess,
  middleware: unmounted,
  limits: liftedLimits,
  pipeline: removedSteps,
  owners: removedOwners,
  'foreign files': newlyForeign,
  policies: disabledPolicies,
  waivers: waivedRules,
};

/** The safeguards that a change takes away. One that cannot be looked for is told as such. */
export function controlsRemoved(before: Repository, after: Repository, rules: readonly Rule[]): Answer[] {
  return Object.entries(looks).flatMap(([name, look]) => {
    try {
      return look(before, after).map((loss) => answerOf(loss, rules));
    } catch (error) {
      return [notTold(name, error)];
    }
  });
}

/** A safeguard that was taken away is a fact, whatever is known of the precision of its rule: it counts from the first day. */
function answerOf(
  { control, rule: id, message, where, remedy, key, confidence, weight, evidence }: Loss,
  rules: readonly Rule[],
): Answer {
  const title = rules.find((rule) => rule.id === id)?.title ?? id;
  const rule: JudgedRule = { id, title, weight: weight ?? 'high', stage: 'prototype', measured: true };
  return {
    rule,
    control,
    finding: {
      verdict: 'fail',
      message,
      where,
      remedy,
      key,
      confidence: confidence ?? 'certain',
      ...(evidence !== undefined && { evidence }),
    },
  };
}

function notTold(name: string, error: unknown): Answer {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return {
    rule: { id: 'agent/guard-files-protected', title: name, weight: 'high', stage: 'prototype', measured: true },
    finding: {
      verdict: 'unknown',
      message: `whether the change weakens the ${name} could not be told (${message.slice(0, 200)})`,
    },
    stack,
  };
}
