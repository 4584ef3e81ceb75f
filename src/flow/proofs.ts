import type { Rule, RuleFinding } from '../rules/rule.ts';
import type { RuleId } from './finding.ts';
import type { Answer } from './judge.ts';

/** What was seen when the app ran, about one thing that a rule speaks of. */
export interface Proof {
  readonly rule: RuleId;
  /** The key of the finding that it replaces, such as `GET /orders/:id`; `*` for everything that the rule says. */
  readonly key: string;
  readonly finding: RuleFinding;
}

/** Replaces what the text of a project suggests by what was seen. A rule with a seen failure has no general pass left. */
export function withProofs(
  answers: readonly Answer[],
  rules: readonly Rule[],
  proofs: readonly Proof[],
): readonly Answer[] {
  if (proofs.length === 0) return answers;
  const kept = answers.filter((answer) => !proofs.some((proof) => replaces(proof, answer)));
  const seen = proofs.flatMap(({ rule: id, finding }) => {
    const rule = rules.find((candidate) => candidate.id === id);
    return rule ? [{ rule, finding }] : [];
  });
  return [...kept, ...seen];
}

function replaces({ rule, key, finding }: Proof, answer: Answer): boolean {
  if (answer.rule.id !== rule) return false;
  if (key === '*') return true;
  const told = answer.finding;
  if (told.verdict === 'fail') return told.key === key;
  return finding.verdict === 'fail' && (told.verdict === 'pass' || told.verdict === 'unknown');
}
