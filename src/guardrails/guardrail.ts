import type { Finding, RuleId } from '../flow/finding.ts';
import type { Project } from '../flow/project.ts';

/** A promise about a project: it can tell whether the promise is kept, and make it kept. */
export interface Guardrail {
  readonly id: string;
  /** The promise in one plain sentence. */
  readonly title: string;
  readonly why: string;
  readonly rules: readonly RuleId[];
  /** One finding per rule, from the text of the project alone. */
  inspect(project: Project): readonly Finding[];
  /** Makes the promise true by edits to the project's tree. Applying twice changes nothing. */
  apply(project: Project): void;
  /** Last step, after every guardrail has been applied and the shared files are composed: for what depends on all of them. */
  seal?(project: Project): void;
}

/** Types a guardrail where it is written; the folder name is its id. */
export function defineGuardrail(guardrail: Guardrail): Guardrail {
  return guardrail;
}
