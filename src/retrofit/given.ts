import { person, onCall, expiry, choice } from '../answers/values.ts';
import { choices } from '../answers/answers.ts';
import { KnownError } from '../errors.ts';
import { guardrailIds, type GuardrailId } from '../guardrails/ids.ts';
import type { RetrofitAnswers } from './answers.ts';

/** What somebody has said so far; each part is valid by itself. */
export type GivenRetrofit = Partial<Omit<RetrofitAnswers, 'access' | 'guardrails'>> & {
  /** Key of the access table to the reason why anybody may call it. */
  readonly open?: ReadonlyMap<string, string>;
  /** Keys that only the signed-in may call. */
  readonly close?: ReadonlySet<string>;
  readonly only?: readonly GuardrailId[];
  readonly skip?: readonly GuardrailId[];
};

/** Reads what stands behind flags (`--owner` to text). Throws on the first bad value. */
export function givenOn(flags: ReadonlyMap<string, string>, clock: Date): GivenRetrofit {
  const given: GivenRetrofit = Object.assign({}, ...[...flags].map(([flag, text]) => meaningOf(flag, text, clock)));
  if (given.auth === 'oidc' && given.signUp !== undefined)
    throw new KnownError({
      code: 'conflicting-flags',
      what: '--sign-up does not go with --auth oidc: your sign-in service decides who is a user.',
      where: '--sign-up',
      next: 'Leave --sign-up out, or use --auth password.',
    });
  if (given.secondOwner !== undefined && given.secondOwner.toLowerCase() === given.owner?.toLowerCase())
    throw new KnownError({
      code: 'conflicting-flags',
      what: '--owner and --second-owner name the same person.',
      where: '--second-owner',
      next: 'Name somebody else, or leave --second-owner out.',
    });
  return given;
}

/** What one flag says; nothing for a flag that is no answer. */
function meaningOf(flag: string, text: string, clock: Date): GivenRetrofit {
  switch (flag) {
    case '--app':
      return { app: text.replace(/^\.\/?/, '').replace(/\/+$/, '') };
    case '--auth':
      return { auth: choice(text, choices.auth, flag) };
    case '--auth-mode':
      return { authMode: choice(text, ['enforce', 'report'], flag) };
    case '--sign-up':
      return { signUp: choice(text, ['closed', 'invite'], flag) };
    case '--surface':
      return { surface: choice(text, ['pages', 'api'], flag) };
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
    case '--only':
      return { only: guardrailsIn(text, flag) };
    case '--skip':
      return { skip: guardrailsIn(text, flag) };
    case '--open':
      return { open: opened(text) };
    case '--close':
      return { close: new Set(listed(text).map((key) => keyIn(key, flag))) };
    default:
      return {};
  }
}

/** `auth, secrets` */
export function guardrailsIn(text: string, where: string): GuardrailId[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))].map((word) => choice(word, guardrailIds, where));
}

function opened(text: string): Map<string, string> {
  return new Map(
    listed(text).map((entry) => {
      const [key = '', ...reason] = entry.split('=');
      const why = reason.join('=').trim();
      if (why !== '') return [keyIn(key, '--open'), why];
      throw new KnownError({
        code: 'bad-value',
        what: `${entry.trim()} has no reason, and what anybody may call needs one.`,
        where: '--open',
        next: `Write --open '${key.trim()}=why strangers need it'`,
      });
    }),
  );
}

function listed(text: string): string[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);
}

function keyIn(text: string, where: string): string {
  const [method = '', ...path] = text.trim().split(/\s+/);
  const key = `${method.toUpperCase()} ${path.join(' ')}`;
  if (/^(?:GET|POST|PUT|PATCH|DELETE|ALL|OPTIONS|USE|UPGRADE) \//.test(key)) return key;
  throw new KnownError({
    code: 'bad-value',
    what: `"${text.trim()}" is no route.`,
    where,
    next: 'Write method and path, such as GET /health',
  });
}
