import type { Server } from '../../frameworks/server.ts';
import { withPlan } from './with-plan.ts';
import type { RetrofitPlan } from '../plan.ts';
import { allowedBy } from './access-rule.ts';
import { answerOf, isAnswered, type Answer } from './answer.ts';
import type { Before } from './before.ts';
import { bootApp, runBuild, startsNow, type Booted, type NotStarted } from './boots.ts';
import { callsIn } from './calls.ts';
import { compare, type Compared, type Sighting } from './compare.ts';
import type { Question } from './question.ts';
import { guardSettings, personIn } from './person.ts';
import type { SignedIn } from './sign-in.ts';
import type { Stage } from './stage.ts';
import { askAll, askOne, type Visit } from './visit.ts';

/** What was seen with a plan applied. */
export interface After {
  readonly started: { readonly command: string; readonly seconds: number } | NotStarted;
  readonly routes: readonly Compared[];
  readonly span: { readonly arrived: boolean; readonly why: string } | undefined;
  readonly refusedCalls: readonly string[];
}

/** Boots a project with a plan applied, and compares what strangers and somebody who is signed in get with what everybody got before. */
export async function seeAfter(stage: Stage, server: Server, plan: RetrofitPlan, before: Before): Promise<After> {
  const guarded = plan.steps.some(({ by }) => by === 'auth');
  const who = guarded ? await personIn(stage, plan) : { why: 'nobody has to sign in', settings: {} };
  stage.keep();
  const booted = await bootWith(stage, server, plan, before, { ...guardSettings(stage), ...who.settings });
  if ('why' in booted) return { started: booted, routes: [], span: undefined, refusedCalls: [] };
  const spans = stage.collector.received().length;
  try {
    const { url, isAlive, running } = booted;
    const visit = { url, isAlive, token: running.token, watch: stage.options.watch };
    const signedIn: SignedIn = 'prove' in who ? await who.prove(url) : { why: who.why };
    const known = 'headers' in signedIn ? await askAll(before.questions, { ...visit, ...signedIn }) : undefined;
    const strangers = await askAll(
      before.questions.map((question) => asStranger(question, before)),
      {
        ...visit,
        headers: {},
      },
    );
    const seen = { signedIn: known?.answers, stranger: strangers.answers };
    const sightings = before.questions.map((question) =>
      sightingOf(question, stage, before, guarded, { ...seen, whyNot: 'why' in signedIn ? signedIn.why : '' }),
    );
    const routes: Compared[] = [];
    for (const sighting of sightings) routes.push(await compareTwice(sighting, before, visit, signedIn));
    const telemetry = plan.steps.some(({ by }) => by === 'telemetry');
    const span = telemetry ? await spanIn(stage, booted, spans) : undefined;
    return {
      started: { command: booted.start.line, seconds: booted.seconds },
      routes,
      span,
      refusedCalls: callsIn(running.events()),
    };
  } finally {
    await booted.running.end();
    stage.options.watch.check();
  }
}

/** Who asks for a page is led to where one signs in, a program is told: each is asked as it will be. What the project refuses itself is asked as before. */
function asStranger(question: Question, { expected }: Before): Question {
  const answer = expected.get(question.key)?.answer;
  if (!answer || question.method !== 'GET' || !isAnswered(answer)) return question;
  return { ...question, accept: answer.type === 'text/html' ? 'text/html' : 'application/json, */*;q=0.8' };
}

async function bootWith(
  stage: Stage,
  server: Server,
  plan: RetrofitPlan,
  { start }: Before,
  settings: Readonly<Record<string, string>>,
): Promise<Booted | NotStarted> {
  const [now] = startsNow(stage, withPlan(stage.options.repository, plan), server, start);
  if (!now) return { why: 'nothing is left that starts it', tail: '' };
  const built = await runBuild(stage, now);
  stage.keep();
  const booted = await bootApp(stage, now, settings);
  return 'why' in booted && !built ? { ...booted, why: `its build fails, and ${booted.why}` } : booted;
}

interface Seen {
  readonly signedIn: ReadonlyMap<string, Answer> | undefined;
  readonly stranger: ReadonlyMap<string, Answer>;
  readonly whyNot: string;
}

function sightingOf(question: Question, stage: Stage, before: Before, guarded: boolean, seen: Seen): Sighting {
  const { key } = question;
  const refuses = guarded && stage.options.authMode !== 'report';
  const none = { status: undefined, type: '', shape: undefined, title: undefined, location: undefined };
  return {
    key,
    before: before.expected.get(key) ?? { answer: none, loose: new Set() },
    stranger: seen.stranger.get(key),
    signedIn: seen.signedIn?.get(key),
    whyNotSignedIn: seen.whyNot === '' ? 'the time was used up before it was asked' : seen.whyNot,
    allowed: refuses ? allowedBy(stage.options.access, question) : 'everybody',
  };
}

/** What seems to be worse is asked once more, with nobody else asking: a busy computer answers late. */
async function compareTwice(
  sighting: Sighting,
  before: Before,
  visit: Omit<Visit, 'headers'>,
  signedIn: SignedIn,
): Promise<Compared> {
  const first = compare(sighting);
  const question = before.questions.find(({ key }) => key === sighting.key);
  if (first.verdict !== 'worse' || !question || !visit.isAlive()) return first;
  const answer = async (asked: Question, headers: Readonly<Record<string, string>>): Promise<Answer> =>
    answerOf(await askOne(asked, { ...visit, headers }), visit.url);
  const known = 'headers' in signedIn ? await answer(question, signedIn.headers) : undefined;
  return compare({ ...sighting, signedIn: known, stranger: await answer(asStranger(question, before), {}) });
}

const mostToArrive = 3_000;

/** Waits for a span; what still waits inside the program is sent when it is asked to stop. */
async function spanIn({ collector }: Stage, { running }: Booted, before: number): Promise<NonNullable<After['span']>> {
  const arrived = await collector.more(before, mostToArrive);
  if (!arrived) await running.terminate(mostToArrive);
  return collector.received().length > before
    ? { arrived: true, why: '' }
    : { arrived: false, why: 'a collector that OTEL_EXPORTER_OTLP_ENDPOINT named received nothing' };
}
