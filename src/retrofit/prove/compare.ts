import type { RouteProof } from '../proof.ts';
import type { Allowed } from './access-rule.ts';
import { differenceIn, told, type Answer, type Expected } from './answer.ts';

/** What was seen at one address, before and after. */
export interface Sighting {
  readonly key: string;
  readonly before: Expected;
  readonly stranger: Answer | undefined;
  /** Undefined where nobody could sign in, or where nobody has to. */
  readonly signedIn: Answer | undefined;
  readonly whyNotSignedIn: string;
  readonly notAsked: string;
  /** Whom the table lets in; `everybody` where nobody is refused from now on. */
  readonly allowed: Allowed;
  /** True where nothing is at the address, so that it does not matter who refuses. */
  readonly isNothing: boolean;
  /** True where strangers were refused before by guards of ours. */
  readonly wasClosed: boolean;
}

/** `stillOpen`: a stranger gets in, as before. It is not as it should be, and no change of ours has brought it about. */
export type Compared = RouteProof & { readonly stillOpen: boolean };

const noAnswer = 'it gave no answer before any change either';

type Judgement = Pick<Compared, 'verdict' | 'why' | 'stillOpen'>;

/** What the answers at one address prove. */
export function compare(sighting: Sighting): Compared {
  const { key, before, stranger, signedIn } = sighting;
  return {
    key,
    ...judge(sighting),
    before: told(before.answer),
    stranger: stranger ? told(stranger) : 'not asked',
    signedIn: signedIn ? told(signedIn) : 'not asked',
  };
}

function judge(sighting: Sighting): Judgement {
  const { before, stranger, allowed, notAsked, isNothing } = sighting;
  if (!stranger) return notProven(before.answer.status === undefined ? noAnswer : notAsked);
  if (stranger.status === undefined && before.answer.status !== undefined)
    return worse('a stranger gets no answer any more');
  if (isOwnRefusal(before)) return asRefusedBefore(before, stranger, isNothing);
  if (allowed === 'signed-in' && !isRefused(stranger) && before.answer.status !== undefined)
    return { ...worse(`a stranger is not refused: ${told(stranger)}`), stillOpen: !sighting.wasClosed };
  if (before.answer.status === undefined) return notProven(noAnswer);
  if (before.loose.has('status')) return notProven('its answers differed between two runs before any change');
  if (allowed === 'everybody' || (allowed === 'either' && !isRefused(stranger)))
    return asBefore(before, stranger, 'a stranger');
  return asSignedIn(sighting);
}

function asSignedIn({ before, signedIn, whyNotSignedIn }: Sighting): Judgement {
  return signedIn ? asBefore(before, signedIn, 'somebody who is signed in') : notProven(whyNotSignedIn);
}

function asBefore(before: Expected, now: Answer, who: string): Judgement {
  const difference = differenceIn(before, now);
  if (difference === undefined) return same(failsAnyway(before));
  if (now.status === 429) return notProven('the app limits how often one may ask, and that was reached');
  return worse(`for ${who}: ${difference}`);
}

/** What the project itself protects must refuse as it did: a refusal of ours in front of it would keep its own users out. */
function asRefusedBefore(before: Expected, stranger: Answer, isNothing: boolean): Judgement {
  const difference = differenceIn(before, stranger);
  if (difference === undefined || (isNothing && isRefused(stranger)))
    return same('refused by the sign-in that the project has, as before');
  if (!isRefused(stranger)) return worse(`a stranger is not refused any more: ${told(stranger)}`);
  return worse(`the project's own sign-in refuses here, and now it is another answer: ${difference}`);
}

function failsAnyway({ answer: { status } }: Expected): string {
  return status !== undefined && status >= 500 ? `it answers ${status} in a copy without its services, as before` : '';
}

/** A part of a path that names a way to sign in. */
const signIn = /^(?:log-?in|sign-?in|auth|sso|oauth2?|authorize|session)$/i;

/** Whether a stranger is turned away. */
export function isRefused({ status, location }: Answer): boolean {
  return status === 401 || status === 403 || status === 407 || leadsToSignIn(location);
}

/** A 403 may be about a form's token, and not about who asks. */
function isOwnRefusal({ answer: { status, location } }: Expected): boolean {
  return status === 401 || status === 407 || leadsToSignIn(location);
}

function leadsToSignIn(location: string | undefined): boolean {
  return (location?.split(/[?#]/)[0] ?? '').split('/').some((part) => signIn.test(part));
}

function same(why: string): Judgement {
  return { verdict: 'same', why, stillOpen: false };
}
function worse(why: string): Judgement {
  return { verdict: 'worse', why, stillOpen: false };
}
function notProven(why: string): Judgement {
  return { verdict: 'not-proven', why, stillOpen: false };
}
