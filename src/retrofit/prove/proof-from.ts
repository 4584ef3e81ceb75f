import { shown } from '../../flow/shown.ts';
import type { Proof, RouteProof, Started } from '../proof.ts';
import type { Before } from './before.ts';
import type { NotStarted } from './boots.ts';
import type { Compared } from './compare.ts';
import { recordedIn } from './recorded.ts';
import type { Known, Tried } from './trial.ts';

/** What became of a plan in the copy. */
export interface Outcome {
  /** Undefined where it was not tried, with the reason in `why`. */
  readonly tried?: Tried;
  readonly dropped?: Proof['dropped'];
  readonly why?: string;
}

/** Puts together what was seen. */
export function proofFrom(known: Known, { tried, dropped = [], why }: Outcome): Proof {
  const { clock } = known;
  const after = tried?.after;
  const before = known.before && 'questions' in known.before ? known.before : undefined;
  const compared = (after?.routes ?? []).map(withoutNotes);
  const rest = compared.length > 0 && before ? unaskedIn(before) : allUnproven(known, reasonFor(known, tried, why));
  const calls = [...(before?.refusedCalls ?? []), ...(after?.refusedCalls ?? [])];
  return {
    before: startedBefore(known.before),
    after: after ? startedAfter(after.started) : why === undefined ? undefined : { started: false, why, tail: '' },
    routes: [...compared, ...rest],
    own: [...(tried?.own.values() ?? [])].map(({ tail: _tail, ...end }) => end),
    span: after?.span,
    dropped,
    recorded: before ? recordedIn(before, compared) : [],
    refusedCalls: [...new Set(calls)].map(shown).toSorted(),
    seconds: clock.seconds(),
  };
}

function withoutNotes({ key, verdict, why, before, stranger, signedIn }: Compared): RouteProof {
  return { key, verdict, why, before, stranger, signedIn };
}

function startedBefore(before: Known['before']): Started {
  if (!before) return { started: false, why: 'it has no server that could be started', tail: '' };
  if (!('questions' in before)) return { started: false, why: before.why, tail: before.tail };
  return { started: true, command: shown(before.start.start.line), seconds: before.seconds };
}

function startedAfter(after: { readonly command: string; readonly seconds: number } | NotStarted): Started {
  if ('why' in after) return { started: false, why: after.why, tail: after.tail };
  return { started: true, command: shown(after.command), seconds: after.seconds };
}

function unaskedIn({ unasked }: Before): RouteProof[] {
  return unasked.map(({ key, why }) => notProven(key, why));
}

/** Where nothing could be compared, no route is proven. */
function allUnproven({ before, stage }: Known, why: string): RouteProof[] {
  if (before && 'questions' in before)
    return [...before.questions.map(({ key }) => notProven(key, why)), ...unaskedIn(before)];
  const read = stage.options.server?.routes ?? [];
  return [...new Set(read.map(({ method, path }) => `${method} ${path}`))].map((key) => notProven(key, why));
}

function reasonFor({ before }: Known, tried: Tried | undefined, why = 'it was not tried'): string {
  if (before && !('questions' in before)) return `it did not start before any change: ${before.why}`;
  const started = tried?.after?.started;
  return started && 'why' in started ? `it does not start with the change: ${started.why}` : why;
}

function notProven(key: string, why: string): RouteProof {
  return { key, verdict: 'not-proven', why, before: 'not asked', stranger: 'not asked', signedIn: 'not asked' };
}
