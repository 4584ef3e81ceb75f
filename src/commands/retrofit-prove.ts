import { join } from 'node:path';
import { ask } from '../answers/questions.ts';
import { startWatch } from '../boot/watch.ts';
import { KnownError } from '../errors.ts';
import { shown } from '../flow/shown.ts';
import type { GuardrailId } from '../guardrails/ids.ts';
import { planRetrofit } from '../retrofit/plan-retrofit.ts';
import type { DraftedBy, RetrofitPlan } from '../retrofit/plan.ts';
import type { Scene } from '../retrofit/scene.ts';
import type { Proof } from '../retrofit/proof.ts';
import { prove } from '../retrofit/prove/prove.ts';
import { contentsOf } from '../world/content-of.ts';
import type { Interrupts } from '../world/interrupts.ts';
import { stage } from '../world/timings.ts';
import type { Prepared } from './retrofit-path.ts';
import type { RetrofitRequest } from './retrofit-request.ts';
import type { Session } from './session.ts';

/** A plan that was run, and what of it is left. */
export interface Proven {
  readonly plan: RetrofitPlan;
  /** Undefined where nothing was run. */
  readonly proof: Proof | undefined;
}

/** What stands in the way of requests can only be brought in where the app runs. */
const needsBoot: readonly GuardrailId[] = ['operability', 'logs', 'security', 'auth', 'telemetry', 'tests'];

/** How long a proof may take: packages, and builds and tests of the project, too. */
const secondsAtMost = 900;

/** Runs the project before and after, with consent, and leaves out what makes it worse, or what could not be tried. */
export async function proven(
  request: RetrofitRequest,
  { scene, plan }: Prepared,
  session: Session,
  interrupts: Interrupts,
): Promise<Proven> {
  if (!(await agreed(request, session))) return { plan, proof: undefined };
  const access = new Map(scene.answers.access);
  const replan = (
    without: ReadonlySet<DraftedBy>,
    unlisted: readonly string[] = [],
    today?: Scene['today'],
  ): Promise<RetrofitPlan> => {
    for (const key of unlisted) access.set(key, "'user'");
    const now = { ...scene, answers: { ...scene.answers, access }, ...(today && { today }) };
    return planRetrofit(now, { contentOf: contentsOf(request.folder), without });
  };
  const proof = await stage('prove', () =>
    prove({
      folder: request.folder,
      repository: scene.repository,
      app: scene.app,
      server: scene.server,
      plan,
      replan,
      access,
      identity: scene.answers.auth,
      authMode: scene.answers.authMode,
      level: request.prove === 'full' ? 'full' : 'usual',
      realEnvironment: request.withEnvironment,
      installScripts: request.installScripts,
      preload: join(import.meta.dirname, 'boot-preload.mjs'),
      environment: session.environment,
      watch: startWatch(secondsAtMost, interrupts.signal),
      say: (text) => session.terminal.complain(session.json ? text : session.terminal.colors.dim(text)),
    }),
  );
  const without = new Set<DraftedBy>(proof.dropped.map(({ by }) => by));
  if (scene.server && !(proof.before.started && proof.after?.started)) for (const id of needsBoot) without.add(id);
  // What is red today is no gate tomorrow: the pipeline has to know.
  const isOld = without.size === 0 && access.size === scene.answers.access.size && proof.own.length === 0;
  return { proof, plan: isOld ? plan : await replan(without, [], todayIn(proof)) };
}

/** Which commands of the project passed before any change. */
function todayIn({ own }: Proof): NonNullable<Scene['today']> {
  const those = (end: 'passes' | 'fails'): Set<string> =>
    new Set(own.filter(({ before }) => before === end).map(({ command }) => command));
  return { red: those('fails'), green: those('passes') };
}

/** Nobody's code is run without their word. */
async function agreed({ prove: level, yes, folder }: RetrofitRequest, { terminal, json }: Session): Promise<boolean> {
  if (level === 'no') return false;
  if (yes) return true;
  if (!terminal.interactive || json)
    throw new KnownError({
      code: 'not-agreed',
      what: 'To prove that nothing breaks, the code of this project is run in a throw-away copy, and nobody has agreed to that.',
      where: folder,
      next: 'Add --yes to agree, --prove no to do without, or --dry-run to see the plan alone.',
    });
  const go = await ask({
    type: 'select',
    message: `Run ${shown(folder.split(/[\\/]/).at(-1) ?? 'it')} in a throw-away copy, before and after, to see that it still works?`,
    choices: [
      { title: 'Yes', description: 'its code runs there, without your settings and without a network', value: 'yes' },
      { title: 'No', description: 'write without proof', value: 'no' },
      { title: 'Stop', value: 'stop' },
    ],
    hint: 'arrows, then Enter',
  });
  if (go === 'stop') throw new KnownError({ code: 'not-confirmed', what: 'Stopped. Nothing was written.' });
  return go === 'yes';
}
