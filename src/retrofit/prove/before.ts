import type { Server } from '../../frameworks/server.ts';
import { bootApp, runBuild, secondsLike, startsNow, type Booted, type KnownStart, type NotStarted } from './boots.ts';
import { callsIn } from './calls.ts';
import { expectedFrom, type Answer, type Expected } from './answer.ts';
import type { Start } from '../../boot/start-commands.ts';
import { questionsFor, type Question, type Unasked } from './question.ts';
import type { Stage } from './stage.ts';
import { asksToSignIn, guardSettings, personIn, type Who } from './person.ts';
import { askAll, type Asking, type Visit } from './visit.ts';

/** What an app answered before any change, in two runs. */
export interface Before {
  readonly start: KnownStart;
  /** Of both starts together. */
  readonly seconds: number;
  /** Of the one that took longer. */
  readonly slowest: number;
  readonly questions: readonly Question[];
  readonly unasked: readonly Unasked[];
  /** What everybody got; where the project has guards of ours already, what somebody got who was signed in. */
  readonly expected: ReadonlyMap<string, Expected>;
  /** What strangers got, where the project has guards of ours already. */
  readonly strangers: ReadonlyMap<string, Answer> | undefined;
  readonly refusedCalls: readonly string[];
}

/** Boots a project as it is, twice, and asks it everything as a stranger. */
export async function seeBefore(stage: Stage, server: Server): Promise<Before | NotStarted> {
  const { repository } = stage.options;
  const who = asksToSignIn(stage, repository) ? await personIn(stage, repository) : undefined;
  stage.keep();
  const more = who ? { ...guardSettings(stage), ...who.settings } : {};
  const first = await firstBoot(stage, server, more);
  if ('why' in first) return first;
  const { booted, start } = first;
  const all = questionsFor(server, booted.live, stage.options);
  const strangers = who && (await askAll(asStrangers(all.questions), visitTo(stage, booted)));
  const one = await askRestarting(stage, booted, all.questions, { who, more });
  const refused = new Set(one.refusedCalls);
  // What ends the program, or gives no answer, is not asked again.
  const again = all.questions.filter(({ key }) => one.answers.get(key)?.status !== undefined);
  stage.putBack();
  const second = await bootApp(stage, start.start, { more, seconds: secondsLike(booted.seconds) });
  if ('why' in second) return { ...second, why: `it started once, and then not again: ${second.why}` };
  const two = await askRestarting(stage, second, again, { who, more });
  for (const call of two.refusedCalls) refused.add(call);
  const expected = new Map<string, Expected>();
  for (const [key, answer] of one.answers) expected.set(key, expectedFrom(answer, two.answers.get(key) ?? answer));
  const ending = [...new Set([...one.endedBy, ...two.endedBy])];
  const endings = ending.map((key) => ({
    key,
    why: 'this question ends the whole program, before any change too',
  }));
  return {
    start,
    seconds: booted.seconds + second.seconds,
    slowest: Math.max(booted.seconds, second.seconds),
    questions: all.questions.filter(({ key }) => !ending.includes(key)),
    unasked: [...all.unasked, ...endings],
    expected,
    strangers: strangers?.answers,
    refusedCalls: [...refused],
  };
}

async function firstBoot(
  stage: Stage,
  server: Server,
  more: Readonly<Record<string, string>>,
): Promise<{ readonly booted: Booted; readonly start: KnownStart } | NotStarted> {
  const starts = startsNow(stage, stage.options.repository, server);
  let last: NotStarted = { why: 'nothing is known that starts it', tail: '' };
  for (const [index, start] of starts.entries()) {
    stage.putBack();
    const built = await runBuild(stage, start);
    stage.keep();
    // It may still start, and answer nothing: whatever else there is comes first.
    if (!built && others(starts, index)) continue;
    const booted = await bootAsked(stage, start, more);
    if (!('why' in booted)) return { booted, start: { start, index } };
    last = last.tail === '' || booted.tail !== '' ? booted : last;
    if (stage.options.watch.isOver()) break;
  }
  return last;
}

/** Whether there is a later way to start that needs no build. */
function others(starts: readonly Start[], index: number): boolean {
  return starts.slice(index + 1).some(({ before }) => before.length === 0);
}

/** Starts an app; where it names settings that it lacks, once more with values made up for them. */
async function bootAsked(
  stage: Stage,
  start: Start,
  more: Readonly<Record<string, string>>,
): Promise<Booted | NotStarted> {
  const booted = await bootApp(stage, start, { more });
  const asked = 'why' in booted ? Object.entries(booted.asksFor ?? {}) : [];
  const lacking = asked.filter(([name]) => !stage.madeUp.has(name));
  if (lacking.length === 0) return booted;
  stage.options.say(`It asks for ${lacking.map(([name]) => name).join(', ')}: once more, with a value made up`);
  for (const [name, value] of lacking) stage.madeUp.set(name, value);
  stage.putBack();
  return bootApp(stage, start, { more });
}

const mostRestarts = 3;

/** Who asks, and what the app was told for it. */
interface AsWhom {
  readonly who: Who | undefined;
  readonly more: Readonly<Record<string, string>>;
}

function asStrangers(questions: readonly Question[]): Asking[] {
  return questions.map((question) => ({ id: question.key, question, headers: {} }));
}

function visitTo({ options: { watch } }: Stage, { url, isAlive, running }: Booted): Visit {
  return { url, isAlive, token: running.token, watch };
}

/** Asks all questions; where one of them ends the program, it is started again for the rest. */
async function askRestarting(stage: Stage, booted: Booted, questions: readonly Question[], { who, more }: AsWhom) {
  const answers = new Map<string, Answer>();
  const endedBy: string[] = [];
  const refusedCalls = new Set<string>();
  let [now, left]: [Booted, readonly Question[]] = [booted, questions];
  for (;;) {
    const { url, running, start } = now;
    const signedIn = who && 'prove' in who ? await who.prove(url) : undefined;
    const headers = signedIn && 'headers' in signedIn ? signedIn.headers : {};
    const asking = asStrangers(left).map((one) => ({ ...one, headers }));
    const asked = await askAll(asking, visitTo(stage, now));
    for (const [key, answer] of asked.answers) if (key !== asked.endedBy) answers.set(key, answer);
    for (const call of callsIn(running.events())) refusedCalls.add(call);
    await running.end();
    stage.options.watch.check();
    left = left.filter(({ key }) => !asked.answers.has(key));
    if (asked.endedBy === undefined) break;
    endedBy.push(asked.endedBy);
    if (left.length === 0 || endedBy.length > mostRestarts) break;
    stage.putBack();
    const again = await bootApp(stage, start, { more, seconds: secondsLike(booted.seconds) });
    if ('why' in again) break;
    now = again;
  }
  return { answers, endedBy, refusedCalls: [...refusedCalls] };
}
