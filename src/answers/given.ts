import { choices, type Answers } from './answers.ts';
import { KnownError } from '../errors.ts';
import type { CommandLine } from './parse.ts';
import { projectName } from './project-name.ts';
import { choice, expiry, onCall, person, secretSources, signUp } from './values.ts';

/** The answers that somebody has given so far. Each one is valid by itself. */
export type GivenAnswers = { readonly [Key in keyof Answers]?: Answers[Key] };

/** Reads and judges the answers on a command line. Throws on the first bad value, and on two that exclude each other. */
export function answersOn(line: CommandLine, workingDirectory: string, clock: Date): GivenAnswers {
  const [directory] = line.words;
  const place = directory === undefined ? {} : placeOf(directory, workingDirectory);
  const answers = [...line.given].map(([flag, text]) => answerTo(flag, text, clock));
  const given: GivenAnswers = Object.assign({}, place, ...answers);
  refuseContradictions(given);
  return given;
}

/** Where a project goes, and the name that it gets from that. */
export function placeOf(directory: string, workingDirectory: string): Pick<Answers, 'name' | 'directory'> {
  return { directory, name: projectName(directory, workingDirectory) };
}

/** What one flag says; nothing for a flag that is no answer, such as `--json`. Throws when the text is no good. */
export function answerTo(flag: string, text: string, clock: Date): GivenAnswers {
  switch (flag) {
    case '--starter':
      return { starter: choice(text, choices.starter, flag) };
    case '--framework':
      return { framework: choice(text, choices.framework, flag) };
    case '--auth':
      return { auth: choice(text, choices.auth, flag) };
    case '--sign-up':
      return { signUp: signUp(text) };
    case '--secrets':
      return { secrets: secretSources(text) };
    case '--ci':
      return { ci: choice(text, choices.ci, flag) };
    case '--data':
      return { data: choice(text, choices.data, flag) };
    case '--owner':
      return { owner: person(text) };
    case '--second-owner':
      return { secondOwner: person(text, flag) };
    case '--on-call':
      return { onCall: onCall(text) };
    case '--expires':
      return { expires: expiry(text, clock) };
    case '--after-expiry':
      return { afterExpiry: choice(text, choices.afterExpiry, flag) };
    case '--runtime':
      return { runtime: choice(text, choices.runtime, flag) };
    case '--package-manager':
      return { packageManager: choice(text, choices.packageManager, flag) };
    case '--no-install':
      return { install: false };
    case '--no-git':
      return { git: false };
    default:
      return {};
  }
}

/** Throws when two answers exclude each other; the message names the one to drop. */
export function refuseContradictions(given: GivenAnswers): void {
  if (given.auth === 'oidc' && given.signUp) {
    throw new KnownError({
      code: 'conflicting-flags',
      what: '--sign-up does not go with --auth oidc: your identity provider decides who is a user.',
      where: '--sign-up',
      next: 'Leave --sign-up out, or use --auth password.',
    });
  }
  if (given.secondOwner !== undefined && given.secondOwner.toLowerCase() === given.owner?.toLowerCase()) {
    throw new KnownError({
      code: 'conflicting-flags',
      what: '--owner and --second-owner name the same person.',
      where: '--second-owner',
      next: 'Name somebody else, or leave --second-owner out.',
    });
  }
}
