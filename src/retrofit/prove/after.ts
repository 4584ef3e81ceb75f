import type { Server } from '../../frameworks/server.ts';
import { withPlan } from './with-plan.ts';
import type { RetrofitPlan } from '../plan.ts';
import type { Before } from './before.ts';
import { bootApp, runBuild, secondsLike, startsNow, type Booted, type NotStarted } from './boots.ts';
import { callsIn } from './calls.ts';
import { compareAll } from './compare-all.ts';
import type { Compared } from './compare.ts';
import { guardSettings, personIn } from './person.ts';
import type { SignedIn } from './sign-in.ts';
import type { Stage } from './stage.ts';

/** What was seen with a plan applied. */
export interface After {
  readonly started: { readonly command: string; readonly seconds: number } | NotStarted;
  readonly routes: readonly Compared[];
  readonly span: { readonly arrived: boolean; readonly why: string } | undefined;
  readonly refusedCalls: readonly string[];
}

/** Boots a project with a plan applied, and compares what strangers and somebody who is signed in get with what everybody got before. */
export async function seeAfter(stage: Stage, server: Server, plan: RetrofitPlan, before: Before): Promise<After> {
  const repository = withPlan(stage.options.repository, plan);
  const guarded = before.strangers !== undefined || plan.steps.some(({ by }) => by === 'auth');
  const who = guarded ? await personIn(stage, repository) : { why: 'nobody has to sign in', settings: {} };
  stage.keep();
  const booted = await bootWith(stage, server, plan, before, { ...guardSettings(stage), ...who.settings });
  if ('why' in booted) return { started: booted, routes: [], span: undefined, refusedCalls: [] };
  const spans = stage.collector.received().length;
  try {
    const { url, isAlive, running } = booted;
    const visit = { url, isAlive, token: running.token, watch: stage.options.watch };
    const signedIn: SignedIn = 'prove' in who ? await who.prove(url) : { why: who.why };
    const routes = await compareAll({ stage, before, visit, signedIn, guarded });
    const telemetry = plan.steps.some(({ by }) => by === 'telemetry');
    const span = telemetry ? await spanIn(stage, booted, { spans, known: before.start }) : undefined;
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

async function bootWith(
  stage: Stage,
  server: Server,
  plan: RetrofitPlan,
  { start, slowest }: Before,
  settings: Readonly<Record<string, string>>,
): Promise<Booted | NotStarted> {
  const [now] = startsNow(stage, withPlan(stage.options.repository, plan), server, start);
  if (!now) return { why: 'nothing is left that starts it', tail: '' };
  const built = await runBuild(stage, now);
  stage.keep();
  const booted = await bootApp(stage, now, { more: settings, seconds: secondsLike(slowest) });
  return 'why' in booted && !built ? { ...booted, why: `its build fails, and ${booted.why}` } : booted;
}

const mostToArrive = 3_000;
const toSend = 2_000;

/**
 * Waits for a span; what still waits inside the program is sent when it is asked to stop. An app that is started as before has nothing
 * loaded before it that could send one.
 */
async function spanIn(
  { collector }: Stage,
  { running, start }: Booted,
  { spans, known }: { readonly spans: number; readonly known: Before['start'] },
): Promise<NonNullable<After['span']>> {
  const isLoaded = start.line !== known.start.line;
  const arrived = await collector.more(spans, isLoaded ? mostToArrive : 0);
  if (!arrived) await running.terminate(toSend);
  if (collector.received().length > spans) return { arrived: true, why: '' };
  return {
    arrived: false,
    why: isLoaded
      ? 'a collector that OTEL_EXPORTER_OTLP_ENDPOINT named received nothing'
      : 'nothing in the project starts it in a way in which telemetry could be loaded first',
  };
}
