import type { Answers } from '../../src/answers/answers.ts';
import { openFor } from '../../src/flow/create.ts';
import type { Project } from '../../src/flow/project.ts';
import { createTree } from '../../src/tree/tree.ts';
import { answersWith, inputs } from './answers.ts';

/** A project made of the given files, for guardrails to inspect. */
export function projectFrom(files: ReadonlyMap<string, string>, changed: Partial<Answers> = {}): Project {
  return openFor(createTree(files), answersWith(changed), inputs);
}
