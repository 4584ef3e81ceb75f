import { choices, type Answers } from './answers.ts';
import { KnownError } from '../errors.ts';
import { has, type CommandLine } from './parse.ts';
import { projectName } from './project-name.ts';
import { choice, expiry, onCall, person, secretSources, signUp } from './values.ts';

/** The answers that somebody has given so far. Each one is valid by itself. */
export type GivenAnswers = { readonly [Key in keyof Answers]?: Answers[Key] };

/** Reads and judges the answers on a command line. Throws on the first bad value, and on two that exclude each other. */
export function answersOn(line: CommandLine, workingDirectory: string, clock: Date): GivenAnswers {
  const [directory] = line.words;
  const read = <Value>(flag: `--${string}`, judge: (text: string) => Value): Value | undefined => {
    const text = line.given.get(flag);
    return text === undefined ? undefined : judge(text);
  };
  const given = withoutGaps({
    directory,
    name: directory === undefined ? undefined : projectName(directory, workingDirectory),
    starter: read('--starter', (text) => choice(text, choices.starter, '--starter')),
    framework: read('--framework', (text) => choice(text, choices.framework, '--framework')),
    auth: read('--auth', (text) => choice(text, choices.auth, '--auth')),
    signUp: read('--sign-up', signUp),
    secrets: read('--secrets', secretSources),
    ci: read('--ci', (text) => choice(text, choices.ci, '--ci')),
    owner: read('--owner', person),
    secondOwner: read('--second-owner', (text) => person(text, '--second-owner')),
    onCall: read('--on-call', onCall),
    data: read('--data', (text) => choice(text, choices.data, '--data')),
    expires: read('--expires', (text) => expiry(text, clock)),
    afterExpiry: read('--after-expiry', (text) => choice(text, choices.afterExpiry, '--after-expiry')),
    runtime: read('--runtime', (text) => choice(text, choices.runtime, '--runtime')),
    packageManager: read('--package-manager', (text) => choice(text, choices.packageManager, '--package-manager')),
    install: has(line, '--no-install') ? false : undefined,
    git: has(line, '--no-git') ? false : undefined,
  });
  refuseContradictions(given);
  return given;
}

function refuseContradictions(given: GivenAnswers): void {
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

function withoutGaps(answers: { readonly [Key in keyof Answers]?: Answers[Key] | undefined }): GivenAnswers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined)) as GivenAnswers;
}
