import type { Answers } from '../../src/answers/answers.ts';
import { planCreate } from '../../src/flow/create.ts';
import type { RuleId } from '../../src/flow/finding.ts';
import type { Guardrail } from '../../src/guardrails/guardrail.ts';
import { answersWith, inputs } from './answers.ts';
import { projectFrom } from './project.ts';

/** The rules of a guardrail that a new project breaks once `path` is edited; `undefined` as the text takes the file away. */
export function brokenAfter(
  guardrail: Guardrail,
  path: string,
  edit: (text: string) => string | undefined,
  changed: Partial<Answers> = {},
): RuleId[] {
  const files = new Map(planCreate(answersWith(changed), inputs).files);
  const before = files.get(path);
  if (before === undefined) throw new Error(`a new project has no ${path}`);
  const after = edit(before);
  if (after === before) throw new Error(`the edit of ${path} changes nothing`);
  if (after === undefined) files.delete(path);
  else files.set(path, after);
  const findings = guardrail.inspect(projectFrom(files, changed));
  return findings.filter(({ verdict }) => verdict === 'fail').map(({ rule }) => rule);
}
