import type { Repository } from '../repository/repository.ts';
import type { CheckContext, Rule, RuleFinding } from '../rules/rule.ts';
import type { Answer } from './judge.ts';

/** Called before each rule is asked, with how many have been asked already. */
export type OnRule = (id: string, asked: number, all: number) => void;

/** Asks every rule, one after the other. One that throws has not told anything: `unknown`, with the reason. */
export async function ask(
  repository: Repository,
  rules: readonly Rule[],
  context: CheckContext,
  onRule: OnRule = () => {},
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [index, rule] of rules.entries()) {
    onRule(rule.id, index, rules.length);
    answers.push(...(await answersOf(rule, async () => rule.check(repository, context))));
  }
  return answers;
}

/** What a rule says, whatever happens while it looks. */
export async function answersOf(rule: Rule, look: () => Promise<readonly RuleFinding[]>): Promise<Answer[]> {
  try {
    return (await look()).map((finding) => ({ rule, finding }));
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const reason = `this check stumbled over something that it does not know (${message.slice(0, 200)})`;
    return [{ rule, finding: { verdict: 'unknown', message: reason }, stack }];
  }
}
