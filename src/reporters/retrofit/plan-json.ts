import { textOf } from '../../tree/content.ts';
import { unifiedDiff } from './diff.ts';
import { changesOf, linesIn, type PlannedChange } from './outline.ts';
import { addedPackages } from './packages.ts';
import { settingNamesOf } from './setting-names.ts';
import type { PlanTelling } from './telling.ts';
import { veilOf, type Veil } from './veil.ts';

/** A plan for programs. Holds no secret: what hides one is masked, and of a secret file the names of its settings are told. */
export function planJson({ plan, questions }: PlanTelling): string {
  return JSON.stringify(planObject({ plan, questions }), null, 2);
}

/** What `planJson` writes, as a value. */
export function planObject({ plan, questions }: PlanTelling): object {
  const veil = veilOf(plan);
  const { line, sentence } = veil;
  return {
    $schema: 'https://unpkg.com/create-shipshape/schema/retrofit.v1.json',
    schema: 1,
    code: 'planned',
    changes: changesOf(plan.steps).map((change) => changeObject(change, veil)),
    left: plan.left.map(({ by, where, why, lines }) => ({
      by,
      where: { ...where, path: sentence(where.path) },
      why: sentence(why),
      lines: lines.flatMap((one) => one.split('\n').map((part) => line(part))),
    })),
    kept: plan.kept.map(({ by, what, where }) => ({
      by,
      what: sentence(what),
      where: where ? { ...where, path: sentence(where.path) } : undefined,
    })),
    packages: addedPackages(plan.steps),
    budget: { packages: plan.budget.packages, megabytes: plan.budget.megabytes },
    settings: plan.settings.map(({ name, about, secret }) => ({
      name: sentence(name),
      about: sentence(about),
      secret,
    })),
    questions: questions.map(({ flag, question, answer }) => ({
      flag,
      question: sentence(question),
      answer: sentence(answer),
    })),
  };
}

function changeObject(change: PlannedChange, veil: Veil): object {
  const { path, kind, by, why, secret, before, after } = change;
  const diff = unifiedDiff(change, veil);
  const lines = linesIn(kind === 'remove' ? before : after);
  return {
    path: veil.sentence(path),
    kind,
    by,
    why: veil.sentence(why.map(closed).join(' ')),
    ...(secret && { secret, sets: settingNamesOf(textOf(before), textOf(after)).added }),
    ...(kind !== 'edit' && lines !== undefined && { lines }),
    ...(diff !== undefined && { diff }),
  };
}

/** One reason of several has to end somewhere. */
function closed(why: string, index: number, all: readonly string[]): string {
  return all.length === 1 || /[.!?]$/.test(why) ? why : `${why}.`;
}
