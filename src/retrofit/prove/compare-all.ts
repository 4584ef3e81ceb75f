import { allowedBy, type Allowed } from './access-rule.ts';
import { answerOf, isAnswered, type Answer } from './answer.ts';
import type { Before } from './before.ts';
import { compare, isRefused, type Compared, type Sighting } from './compare.ts';
import type { Question } from './question.ts';
import type { SignedIn } from './sign-in.ts';
import type { Stage } from './stage.ts';
import { askAll, askOne, type Asking, type Visit } from './visit.ts';

/** An app with a plan applied, and what is known of it. */
export interface Now {
  readonly stage: Stage;
  readonly before: Before;
  readonly visit: Visit;
  readonly signedIn: SignedIn;
  /** True where strangers are refused from now on. */
  readonly guarded: boolean;
}

/** Asks everything that was asked before, as a stranger and as somebody who is signed in, and compares. */
export async function compareAll(now: Now): Promise<readonly Compared[]> {
  const { before, visit } = now;
  const first = await askAll(
    before.questions.flatMap((question) => asksAbout(question, now)),
    visit,
  );
  const later = await askAll(
    before.questions.flatMap((question) => asksToShow(question, now)),
    visit,
  );
  const answers = new Map([...first.answers, ...later.answers]);
  const compared: Compared[] = [];
  for (const question of before.questions) compared.push(await compareTwice(question, answers, now));
  return compared;
}

/** Each handler is reached once, in the order of before: by a stranger where everybody may come, else by whoever is signed in. */
function asksAbout(question: Question, now: Now): Asking[] {
  const isAnswering = now.before.expected.get(question.key)?.answer.status !== undefined;
  const allowed = allowedIn(question, now);
  const asks = isAnswering || allowed === 'signed-in' ? [asStranger(question, now.before)] : [];
  return isAnswering && allowed !== 'everybody' ? [...asks, ...asSignedIn(question, now)] : asks;
}

/** Where everybody may come, it is only shown what somebody who is signed in gets: the handler has been there before. */
function asksToShow(question: Question, now: Now): Asking[] {
  const isAnswering = now.before.expected.get(question.key)?.answer.status !== undefined;
  const isShown = isAnswering && question.method === 'GET' && allowedIn(question, now) === 'everybody';
  return isShown ? asSignedIn(question, now) : [];
}

/** Who asks for a page is led to where one signs in, a program is told. What the project refuses itself is asked as before. */
function asStranger(question: Question, { expected }: Before): Asking {
  const id = `stranger ${question.key}`;
  const answer = expected.get(question.key)?.answer;
  if (!answer || question.method !== 'GET' || !isAnswered(answer)) return { id, question, headers: {} };
  const accept = answer.type === 'text/html' ? 'text/html' : 'application/json, */*;q=0.8';
  return { id, question: { ...question, accept }, headers: {} };
}

function asSignedIn(question: Question, { signedIn }: Now): Asking[] {
  return 'headers' in signedIn ? [{ id: `known ${question.key}`, question, headers: signedIn.headers }] : [];
}

function allowedIn(question: Question, { guarded, stage, before }: Now): Allowed {
  const earlier = before.strangers?.get(question.key);
  // Guards of ours stand there already: whom they let in is not to change.
  if (before.strangers) return earlier && isRefused(earlier) ? 'signed-in' : 'everybody';
  const refuses = guarded && stage.options.authMode !== 'report';
  return refuses ? allowedBy(stage.options.access, question) : 'everybody';
}

/** What seems to be worse is asked once more, with nobody else asking: a busy computer answers late. */
async function compareTwice(question: Question, answers: ReadonlyMap<string, Answer>, now: Now): Promise<Compared> {
  const { visit } = now;
  const first = compare(sightingOf(question, answers, now));
  if (first.verdict !== 'worse' || !visit.isAlive()) return first;
  const again = new Map<string, Answer>();
  for (const { id, question: asked, headers } of asksAbout(question, now))
    again.set(id, answerOf(await askOne(asked, headers, visit), visit.url));
  return compare(sightingOf(question, new Map([...answers, ...again]), now));
}

const nothing: Answer = { status: undefined, type: '', shape: undefined, title: undefined, location: undefined };

function sightingOf(question: Question, answers: ReadonlyMap<string, Answer>, now: Now): Sighting {
  const { key } = question;
  const { signedIn, before, visit } = now;
  const notAsked = visit.isAlive() ? 'the time was used up before it was asked' : 'the program had ended before';
  return {
    key,
    before: before.expected.get(key) ?? { answer: nothing, loose: new Set() },
    stranger: answers.get(`stranger ${key}`),
    signedIn: answers.get(`known ${key}`),
    notAsked,
    whyNotSignedIn: 'why' in signedIn ? signedIn.why : notAsked,
    allowed: allowedIn(question, now),
    isNothing: question.about === 'nothing',
    wasClosed: before.strangers !== undefined,
  };
}
