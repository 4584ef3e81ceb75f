import type { Repository } from '../repository/repository.ts';
import type { Rule } from '../rules/rule.ts';
import type { Answer } from './judge.ts';

/** The safeguards that a change takes away. */
export function controlsRemoved(before: Repository, after: Repository, rules: readonly Rule[]): Answer[] {
  return rules.flatMap(() => (before === after ? [] : []));
}
