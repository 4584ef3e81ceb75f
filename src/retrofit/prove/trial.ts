import type { RetrofitPlan } from '../plan.ts';
import { appsOf } from '../../repository/apps.ts';
import { seeAfter, type After } from './after.ts';
import type { Before } from './before.ts';
import type { NotStarted } from './boots.ts';
import type { Clock } from './clock.ts';
import { compareOwn, ownLinesOf, runOwn, type ComparedOwn, type OwnEnd, type OwnKind } from './own-commands.ts';
import type { Stage } from './stage.ts';
import { withPlan } from './with-plan.ts';

/** What is known of a project before any change. */
export interface Known {
  readonly stage: Stage;
  /** Undefined where there is no server. */
  readonly before: Before | NotStarted | undefined;
  readonly own: ReadonlyMap<OwnKind, OwnEnd>;
  readonly clock: Clock;
}

/** What of a project is looked at with a plan. */
export interface Look {
  readonly app: boolean;
  readonly own: ReadonlySet<OwnKind>;
}

/** What was seen with a plan applied. */
export interface Tried {
  readonly after: After | undefined;
  readonly own: ReadonlyMap<OwnKind, ComparedOwn>;
}

/** Everything. */
export const wholeLook: Look = { app: true, own: new Set(['build', 'types', 'tests']) };

/** Applies a plan in the copy and looks at what has become of the project. */
export async function tryPlan(known: Known, plan: RetrofitPlan, look: Look = wholeLook): Promise<Tried> {
  const { stage, before, clock } = known;
  const { repository, app, server } = stage.options;
  stage.toAfter(plan);
  const now = appsOf(withPlan(repository, plan)).find(({ root }) => root === app.root) ?? app;
  const lines = new Map(ownLinesOf(now, stage).map((line) => [line.kind, line]));
  const own = new Map<OwnKind, ComparedOwn>();
  const runOne = async (kind: OwnKind): Promise<void> => {
    const [ended, line] = [known.own.get(kind), lines.get(kind)];
    if (!ended || !look.own.has(kind)) return;
    const end = line && ended.outcome !== 'endless' ? await clock.during('own', () => runOwn(line, stage)) : undefined;
    own.set(kind, compareOwn(ended, end));
  };
  await runOne('build');
  stage.keep();
  let after: After | undefined;
  if (look.app && server && before && 'questions' in before) {
    after = await clock.during('after', () => seeAfter(stage, { ...server, app: now }, plan, before));
    stage.putBack();
  }
  await runOne('types');
  await runOne('tests');
  return { after, own };
}
