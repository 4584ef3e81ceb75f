import type { RuleId } from '../flow/finding.ts';
import { guardrails } from '../guardrails/registry.ts';
import { defineRule, type Rule } from '../rules/rule.ts';
import { rules } from '../rules/registry.ts';

/** Every rule that a finding can name: those that ask any repository, and those that only guardrails of our own projects keep. */
export function allRules(): readonly Rule[] {
  const known = new Set<string>(rules.map(({ id }) => id));
  const promised = guardrails.flatMap(({ rules: ids, title, why }) =>
    ids.filter((id) => !known.has(id)).map((id) => ruleOfGuardrail(id, title, why)),
  );
  return [...rules, ...promised].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function ruleOfGuardrail(id: RuleId, title: string, why: string): Rule {
  return defineRule({
    id,
    title,
    why,
    weight: 'high',
    stage: 'prototype',
    measured: true,
    finds: 'Asked only of projects that create-shipshape made: by the guardrail that brought the files.',
    blind: 'Every other repository.',
    fix: 'Bring the files back as they were created.',
    references: [],
    check: () => [],
  });
}
