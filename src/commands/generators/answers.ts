import type { PromptQuestion } from 'node-plop';
import { ask } from '../../answers/questions.ts';
import { KnownError } from '../../errors.ts';

/** Kinds of question that can be answered by a word or a line of text. */
const simple = new Set<string | undefined>(['input', 'string', 'number', undefined]);

/** The answers for a project's own generator: words in the order of its questions, the rest asked on a terminal. */
export async function answersFor(
  name: string,
  questions: readonly PromptQuestion[] | undefined,
  words: readonly string[],
  interactive: boolean,
): Promise<Record<string, string>> {
  if (!questions || questions.some(({ type }) => !simple.has(type))) throw askedByPlop(name);
  const answers: Record<string, string> = {};
  for (const [index, question] of questions.entries()) {
    answers[String(question.name)] = words[index] ?? (await asked(name, question, interactive));
  }
  return answers;
}

async function asked(name: string, question: PromptQuestion, interactive: boolean): Promise<string> {
  if (!interactive) {
    throw new KnownError({
      code: 'missing-value',
      what: `The generator ${name} needs "${String(question.name)}".`,
      where: name,
      next: `Add it as a word: create-shipshape generate ${name} <${String(question.name)}>`,
    });
  }
  const message = typeof question.message === 'string' ? question.message : String(question.name);
  return ask({ type: 'text', message });
}

function askedByPlop(name: string): KnownError {
  return new KnownError({
    code: 'generator-failed',
    what: `The generator ${name} asks questions in a way that only plop itself can.`,
    where: name,
    next: `npx plop ${name}`,
  });
}
