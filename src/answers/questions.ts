import type { PromptObject } from 'prompts';
import { failureOf, KnownError } from '../errors.ts';
import type { Answers } from './answers.ts';
import { createFlags, type Flag } from './flags.ts';
import { answerTo, type GivenAnswers } from './given.ts';
import { meanings } from './meanings.ts';
import { flagsFor } from './replay.ts';
import { wrap } from '../world/terminal.ts';

/** A question as `prompts` knows it, without the name that it does not need. */
export type Question = Omit<PromptObject<'value'>, 'name'>;

/** Asks one question. Ctrl-C and Escape end the run: nothing has been written by then. */
export async function ask(question: Question): Promise<string> {
  const { default: prompts } = await import('prompts');
  const { value } = (await prompts({ ...question, name: 'value' })) as { value?: unknown };
  if (typeof value === 'string') return value;
  throw new KnownError({ code: 'interrupted', what: 'Stopped. Nothing was written.' });
}

/** Asks for the value of one flag: from a list, or as a text that is judged as it would be on the command line. */
export async function askFlag(name: string, message: string, clock: Date, current?: Answers): Promise<GivenAnswers> {
  const flag = createFlags.find((known) => known.name === name);
  if (!flag) throw new Error(`there is no flag ${name}`);
  const now = current && valueIn(current, flag);
  if (flag.kind !== 'off') return answerTo(flag.name, await ask(questionFor(flag, message, clock, now)), clock);
  const wanted = (await ask(selection(flag, message, ['yes', 'no'], now))) === 'yes';
  return flag.name === '--no-git' ? { git: wanted } : { install: wanted };
}

/** Turns "throws when it is no good" into what `prompts` wants: true, or the reason. */
export function judge(read: (text: string) => unknown): (text: string) => true | string {
  return (text) => {
    try {
      read(text.trim());
      return true;
    } catch (error) {
      return reasonOf(error);
    }
  };
}

/** The failure without the names of flags, in short lines: `prompts` draws badly over lines that the terminal has broken. */
function reasonOf(error: unknown): string {
  const { what, next = '' } = failureOf(error);
  return wrap(`${what} ${next}`.replaceAll(/--[a-z-]+ /g, '').trim(), 72);
}

function questionFor(flag: Flag, message: string, clock: Date, now: string | undefined): Question {
  if (flag.kind === 'choice') return selection(flag, message, flag.values, now);
  const usual = now ?? ('usual' in flag ? flag.usual : undefined);
  const hint = flag.kind === 'list' ? flag.values.join(', ') : flag.kind === 'text' ? flag.shape : '';
  const validate = judge((text) => answerTo(flag.name, text, clock));
  return { type: 'text', message: `${message} (${hint})`, ...(usual !== undefined && { initial: usual }), validate };
}

function selection(flag: Flag, message: string, values: readonly string[], now: string | undefined): Question {
  const usual = now ?? ('usual' in flag ? flag.usual : undefined);
  const choices = values.map((value) => ({
    title: value,
    value,
    ...(meanings[flag.name]?.[value] !== undefined && { description: meanings[flag.name]?.[value] }),
  }));
  return {
    type: 'select',
    message,
    choices,
    initial: Math.max(0, values.indexOf(usual ?? '')),
    hint: 'arrows, then Enter',
  };
}

/** The value of a flag in complete answers, as it would be typed. */
function valueIn(answers: Answers, flag: Flag): string | undefined {
  const words = flagsFor(answers);
  if (flag.kind === 'off') return words.includes(flag.name) ? 'no' : 'yes';
  const index = words.indexOf(flag.name);
  return index === -1 ? undefined : words[index + 1];
}
