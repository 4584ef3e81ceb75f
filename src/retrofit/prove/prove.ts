import type { Proof } from '../proof.ts';
import { seeBefore } from './before.ts';
import { newClock, type Clock } from './clock.ts';
import { withGuardTests } from './guard-tests.ts';
import { withoutGuilty, type Acquitted } from './guilty.ts';
import type { ProveOptions } from './options.ts';
import { ownLinesOf, runOwn, type OwnEnd, type OwnKind } from './own-commands.ts';
import { proofFrom } from './proof-from.ts';
import { openStage, type Stage } from './stage.ts';
import { tryPlan, type Known } from './trial.ts';
import { troubleIn } from './trouble.ts';

export type { ProveOptions } from './options.ts';

/**
 * Runs a project in a throw-away copy, as it is and with a plan, and tells what is the same, what is worse, and what could not be proven.
 * What makes something worse is taken out by `replan` and named in `dropped`. Throws `interrupted`; the copy is removed in any case.
 */
export async function prove(options: ProveOptions): Promise<Proof> {
  const stage = await openStage(options);
  const clock = newClock();
  try {
    const { missing, added } = await clock.during('install', () => stage.install());
    if (missing !== undefined)
      return proofFrom({ stage, clock, before: { why: missing, tail: '' }, own: new Map() }, { why: missing });
    const known = await knownOf(stage, clock);
    return added === undefined ? await proveFrom(known) : proofFrom(known, { why: added });
  } finally {
    stage.remove();
  }
}

/** Looks at the project as it is: its build, its answers in two runs, its types and tests. */
async function knownOf(stage: Stage, clock: Clock): Promise<Known> {
  const { server, app } = stage.options;
  const own = new Map<OwnKind, OwnEnd>();
  const lines = ownLinesOf(app, stage);
  const runThose = async (kinds: readonly OwnKind[]): Promise<void> => {
    for (const line of lines.filter(({ kind }) => kinds.includes(kind)))
      own.set(line.kind, await clock.during('own', () => runOwn(line, stage)));
  };
  stage.toBefore();
  await runThose(['build']);
  stage.keep();
  const before = server && (await clock.during('before', () => seeBefore(stage, server)));
  stage.putBack();
  await runThose(['types', 'tests']);
  return { stage, clock, before, own };
}

/** Tries the plan; as long as something is worse, what is guilty of it is left out and the rest is tried again. */
async function proveFrom(known: Known): Promise<Proof> {
  const { plan, watch, replan, say } = known.stage.options;
  let now: Acquitted = { plan, dropped: [] };
  let tried = await tryPlan(known, plan);
  const started = tried.after?.started;
  if (started && 'why' in started && started.unlisted?.length) {
    say(`Only the running app shows ${started.unlisted.join(', ')}: for the signed-in`);
    now = { plan: await replan(new Set(), started.unlisted), dropped: [] };
    tried = await tryPlan(known, now.plan);
  }
  for (let trouble = troubleIn(tried); trouble && !watch.isOver(); trouble = troubleIn(tried)) {
    const less = await withoutGuilty(known, now, trouble);
    if (!less) break;
    now = less;
    tried = await tryPlan(known, now.plan);
  }
  const proof = proofFrom(known, { tried, dropped: now.dropped });
  return known.clock.during('own', () => withGuardTests(known.stage, now.plan, proof));
}
