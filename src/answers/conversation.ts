import { KnownError } from '../errors.ts';
import type { Answers } from './answers.ts';
import { createFlags } from './flags.ts';
import { placeOf, refuseContradictions, type GivenAnswers } from './given.ts';
import { ask, askFlag, judge } from './questions.ts';
import { settle, type Circumstances } from './settle.ts';
import { person } from './values.ts';

/** What the conversation needs from outside. */
export interface Talk<Shown> {
  readonly workingDirectory: string;
  readonly circumstances: Circumstances;
  /** False where nothing will be written, so that nothing need be confirmed. */
  readonly consent: boolean;
  /** Throws when a project cannot go there. */
  refusePlace(directory: string): void;
  /** An e-mail address to suggest as the owner; it is never taken unasked. */
  suggestOwner(): Promise<string | undefined>;
  plan(answers: Answers): Promise<Shown>;
  show(shown: Shown): void;
  print(line: string): void;
}

/** Asks what is missing (five questions at most), shows what it comes to, and asks for consent: the sixth. */
export async function converse<Shown>(start: GivenAnswers, talk: Talk<Shown>): Promise<Shown> {
  let given = await askMissing(start, talk);
  for (;;) {
    const answers = settle(given, talk.circumstances);
    const shown = await talk.plan(answers);
    talk.show(shown);
    const verb = talk.consent ? await askConsent() : 'create';
    if (verb === 'create') return shown;
    if (verb === 'stop') throw new KnownError({ code: 'not-confirmed', what: 'Stopped. Nothing was written.' });
    given = await askChange(given, answers, talk);
  }
}

async function askMissing<Shown>(given: GivenAnswers, talk: Talk<Shown>): Promise<GivenAnswers> {
  const { clock } = talk.circumstances;
  const { directory, framework, auth, signUp, owner, data } = given;
  const asked = { ...given };
  if (directory === undefined) Object.assign(asked, await askPlace(talk));
  if (framework === undefined) Object.assign(asked, await askFlag('--framework', 'Which web framework?', clock));
  if (auth === undefined && !signUp) Object.assign(asked, await askFlag('--auth', 'Who are its users?', clock));
  if (owner === undefined) Object.assign(asked, await askOwners(given, talk));
  if (data === undefined) Object.assign(asked, await askFlag('--data', 'How delicate is its data?', clock));
  return asked;
}

async function askPlace<Shown>({ workingDirectory, refusePlace }: Talk<Shown>): Promise<GivenAnswers> {
  const read = (text: string): GivenAnswers => {
    const place = placeOf(text, workingDirectory);
    refusePlace(place.directory);
    return place;
  };
  const question = {
    type: 'text',
    message: 'Folder of the new project',
    initial: 'my-app',
    validate: judge(read),
  } as const;
  return read((await ask(question)).trim());
}

async function askOwners<Shown>(given: GivenAnswers, talk: Talk<Shown>): Promise<GivenAnswers> {
  const suggestion = await talk.suggestOwner();
  const read = (text: string): GivenAnswers => readOwners(text, given);
  const message = 'Who answers for it? @handle or e-mail, two with a comma';
  const initial = suggestion !== undefined && judge(read)(suggestion) === true ? { initial: suggestion } : {};
  return read(await ask({ type: 'text', message, ...initial, validate: judge(read) }));
}

function readOwners(text: string, given: GivenAnswers): GivenAnswers {
  const [owner = '', secondOwner, ...more] = text.split(/[\s,]+/).filter(Boolean);
  if (more.length > 0) throw new KnownError({ code: 'bad-value', what: 'Name one person or two.' });
  const owners = { owner: person(owner), ...(secondOwner !== undefined && { secondOwner: person(secondOwner) }) };
  refuseContradictions({ ...given, ...owners });
  return owners;
}

async function askConsent(): Promise<string> {
  return ask({
    type: 'select',
    message: 'Nothing has been written yet. Create it?',
    choices: [
      { title: 'Create it', value: 'create' },
      { title: 'Change something', value: 'change' },
      { title: 'Stop', value: 'stop' },
    ],
    hint: 'arrows, then Enter',
  });
}

async function askChange<Shown>(given: GivenAnswers, answers: Answers, talk: Talk<Shown>): Promise<GivenAnswers> {
  const fixed = ['--starter', '--yes', '--dry-run', answers.auth === 'oidc' ? '--sign-up' : ''];
  const changeable = createFlags.filter(({ group, name }) => group !== 'Output' && !fixed.includes(name));
  const choices = changeable.map((flag) => ({ title: flag.name.slice(2), description: flag.about, value: flag.name }));
  const name = await ask({ type: 'select', message: 'Change what?', choices, hint: 'arrows, then Enter' });
  const changed = await askFlag(name, name.slice(2), talk.circumstances.clock, answers);
  const { signUp: _, ...others } = given;
  const all = { ...(changed.auth === 'oidc' ? others : given), ...changed };
  const verdict = judge(() => refuseContradictions(all))('');
  if (verdict === true) return all;
  talk.print(verdict);
  return given;
}
