import { shown } from '../../flow/shown.ts';
import type { Proof, RouteProof, Started } from '../proof.ts';
import { seeBefore } from './before.ts';
import type { NotStarted } from './boots.ts';
import { newClock, type Clock } from './clock.ts';
import { withoutGuilty, type Acquitted } from './guilty.ts';
import type { ProveOptions } from './options.ts';
import { ownLinesOf, runOwn, type OwnEnd, type OwnKind } from './own-commands.ts';
import { recordedIn } from './recorded.ts';
import { openStage, type Stage } from './stage.ts';
import { tryPlan, type Known, type Tried } from './trial.ts';
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
    if (missing !== undefined) return proofOf({ stage, clock, before: { why: missing, tail: '' }, own: new Map() });
    const known = await knownOf(stage, clock);
    if (added !== undefined) return proofOf(known, { why: added });
    return await proveFrom(known);
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
  const { plan, watch } = known.stage.options;
  let now: Acquitted = { plan, dropped: [] };
  let tried = await tryPlan(known, plan);
  for (let trouble = troubleIn(tried); trouble && !watch.isOver(); trouble = troubleIn(tried)) {
    const less = await withoutGuilty(known, now, trouble);
    if (!less) break;
    now = less;
    tried = await tryPlan(known, now.plan);
  }
  return proofOf(known, { tried, dropped: now.dropped });
}

interface Seen {
  readonly tried?: Tried;
  readonly dropped?: Proof['dropped'];
  /** Why the plan could not be tried. */
  readonly why?: string;
}

function proofOf(known: Known, { tried, dropped = [], why }: Seen = {}): Proof {
  const { before, stage, clock } = known;
  const after = tried?.after;
  const routes = after && !('why' in after.started) ? after.routes.map(({ stillOpen: _, ...route }) => route) : [];
  const unproven = routes.length > 0 ? unaskedIn(before) : allUnproven(known, whyUnproven(known, tried, why));
  const calls = [...(before && 'questions' in before ? before.refusedCalls : []), ...(after?.refusedCalls ?? [])];
  return {
    before: startedBefore(before),
    after: after ? startedAfter(after.started) : why === undefined ? undefined : { started: false, why, tail: '' },
    routes: [...routes, ...unproven],
    own: tried ? [...tried.own.values()] : [],
    span: after?.span,
    dropped,
    recorded: before && 'questions' in before ? recordedIn(before, routes) : [],
    refusedCalls: [...new Set(calls)].map(shown).toSorted(),
    seconds: clock.seconds(),
  };
}

function startedBefore(before: Known['before']): Started {
  if (!before) return { started: false, why: 'it has no server that could be started', tail: '' };
  if (!('questions' in before)) return { started: false, ...before };
  return { started: true, command: shown(before.start.start.line), seconds: before.seconds };
}

function startedAfter(after: { readonly command: string; readonly seconds: number } | NotStarted): Started {
  return 'why' in after ? { started: false, ...after } : { started: true, ...after, command: shown(after.command) };
}

function unaskedIn(before: Known['before']): RouteProof[] {
  return before && 'questions' in before ? before.unasked.map(({ key, why }) => unproven(key, why)) : [];
}

/** Where nothing could be compared, no route is proven. */
function allUnproven({ before, stage }: Known, why: string): RouteProof[] {
  if (before && 'questions' in before)
    return [...before.questions.map(({ key }) => unproven(key, why)), ...unaskedIn(before)];
  const read = stage.options.server?.routes ?? [];
  return [...new Set(read.map(({ method, path }) => `${method} ${path}`))].map((key) => unproven(key, why));
}

function whyUnproven({ before }: Known, tried: Tried | undefined, why = 'it was not tried'): string {
  if (before && !('questions' in before)) return `it did not start before any change: ${before.why}`;
  const started = tried?.after?.started;
  return started && 'why' in started ? `it does not start with the change: ${started.why}` : why;
}

function unproven(key: string, why: string): RouteProof {
  return { key, verdict: 'not-proven', why, before: 'not asked', stranger: 'not asked', signedIn: 'not asked' };
}
