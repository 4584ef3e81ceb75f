import { choices, type Answers } from '../answers/answers.ts';
import type { Guardrail } from '../guardrails/guardrail.ts';
import { guardrails } from '../guardrails/registry.ts';
import type { Repository } from '../repository/repository.ts';
import { createTree } from '../tree/tree.ts';
import { openFor, type PlanInputs } from './create.ts';
import type { Finding } from './finding.ts';
import type { Project } from './project.ts';

/** True for a project that create-shipshape made. */
export function isGenerated(repository: Repository): boolean {
  return repository.file('shipshape.json') !== undefined && repository.file('.shipshape/manifest.json') !== undefined;
}

/** What every guardrail says of a project that create-shipshape made. Nothing where its answers can no longer be read. */
export function promisesOf(repository: Repository, inputs: PlanInputs): readonly Finding[] {
  const answers = recordedAnswers(repository.read('shipshape.json') ?? '');
  if (!answers) return [];
  const texts = repository.files.map(({ path }) => [path, repository.read(path)] as const);
  const tree = createTree(new Map(texts.filter((entry): entry is readonly [string, string] => entry[1] !== undefined)));
  const project = openFor(tree, answers, inputs);
  return guardrails.flatMap((guardrail) => inspected(guardrail, project));
}

function inspected({ rules, inspect }: Guardrail, project: Project): readonly Finding[] {
  try {
    return inspect(project);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return rules.map((rule) => ({ rule, verdict: 'unknown', message: `its files could not be followed: ${reason}` }));
  }
}

/** The answers as shipshape.json keeps them; undefined when they are none that create gives. */
function recordedAnswers(text: string): Answers | undefined {
  try {
    const { answers } = JSON.parse(text) as { answers?: Partial<Answers> };
    if (!answers || !isComplete(answers)) return undefined;
    return { ...answers, directory: '.', install: false, git: false };
  } catch {
    return undefined;
  }
}

function isComplete(answers: Partial<Answers>): answers is Answers {
  const named = (['name', 'owner', 'onCall', 'expires'] as const).every((key) => typeof answers[key] === 'string');
  const chosen = (
    ['starter', 'framework', 'auth', 'ci', 'data', 'afterExpiry', 'runtime', 'packageManager'] as const
  ).every((key) => (choices[key] as readonly unknown[]).includes(answers[key]));
  const signUp = choices.signUp.some((mode) => mode === answers.signUp?.mode);
  return named && chosen && signUp && Array.isArray(answers.secrets);
}
