import { shown } from '../../flow/shown.ts';
import type { Proof } from '../../retrofit/proof.ts';
import { keysTold } from './keys-told.ts';
import { changesByGroup, openPoints, turnOf, type RuleChange } from './outcome-outline.ts';
import { planObject } from './plan-json.ts';
import type { OutcomeTelling } from './telling.ts';
import { veilOf } from './veil.ts';

/** What was done, for programs: the plan as it was written, what was seen, and what is left. Holds no secret. */
export function outcomeJson(outcome: OutcomeTelling): string {
  return JSON.stringify(outcomeObject(outcome), null, 2);
}

/** What `outcomeJson` writes, as a value. */
export function outcomeObject(outcome: OutcomeTelling): object {
  const { plan, proof, before, after, keys, installed, commits, next, undo, notes } = outcome;
  const veil = veilOf(plan);
  return {
    ...planObject({ plan, questions: [] }),
    code: 'retrofitted',
    version: outcome.version,
    date: outcome.date,
    project: shown(outcome.project),
    proof: proof ? proofObject(proof) : undefined,
    rules: changesByGroup(before, after).flatMap(({ rules }) => rules.map(ruleObject)),
    keys: keysTold(keys),
    open: openPoints(outcome).map(({ what, where, lines }) => ({
      what: veil.sentence(what),
      where: where === '' ? undefined : veil.sentence(where),
      lines: lines.flatMap((line) => line.split('\n').map((one) => veil.line(one))),
    })),
    installed: installed === undefined ? undefined : shown(installed),
    commits: commits ? { branch: shown(commits.branch), count: commits.count } : undefined,
    next: next.map(shown),
    undo: shown(undo),
    notes: notes.map(shown),
  };
}

function ruleObject(change: RuleChange): object {
  const { rule, title, before, after, blocks } = change;
  return { rule, title: shown(title), before, after, turn: turnOf(change), blocks };
}

/** A proof with every text in a form that may be shown. */
export function proofObject({ before, after, routes, own, span, dropped, refusedCalls, seconds }: Proof): object {
  return {
    before: startedObject(before),
    after: after ? startedObject(after) : undefined,
    routes: routes.map((route) => ({
      key: shown(route.key),
      verdict: route.verdict,
      why: shown(route.why),
      before: shown(route.before),
      stranger: shown(route.stranger),
      signedIn: shown(route.signedIn),
    })),
    own: own.map((one) => ({ ...one, command: shown(one.command), why: shown(one.why) })),
    span: span ? { arrived: span.arrived, why: shown(span.why) } : undefined,
    dropped: dropped.map(({ by, why }) => ({ by, why: shown(why) })),
    refusedCalls: refusedCalls.map(shown),
    seconds,
  };
}

function startedObject(started: Proof['before']): object {
  return started.started
    ? { started: true, command: shown(started.command), seconds: started.seconds }
    : { started: false, why: shown(started.why), tail: started.tail.split('\n').map(shown) };
}
