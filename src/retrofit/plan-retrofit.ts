import { budgetOf } from '../flow/budget.ts';
import type { GuardrailId } from '../guardrails/ids.ts';
import { guardListPath } from '../guardrails/agents/retrofit-guard-list.ts';
import { guardrailIds } from '../guardrails/ids.ts';
import { appOf } from '../repository/apps.ts';
import { environmentReads, notSettings } from '../secrets/environment.ts';
import { withEnvNames } from '../secrets/extract/env-text.ts';
import type { Content } from '../tree/content.ts';
import { openDraft, type Draft } from './draft.ts';
import { wireGuards } from './guards.ts';
import { inApp } from './in-app.ts';
import type { DraftedBy, PlannedSetting, RetrofitPlan } from './plan.ts';
import { retrofitters } from './retrofitters.ts';
import type { Scene } from './scene.ts';

export interface PlanOptions {
  /** The bytes of a file as they are on disk, also of one that git ignores. */
  readonly contentOf: (path: string) => Content | undefined;
  /** Guardrails that were tried and made something worse. */
  readonly without?: ReadonlySet<DraftedBy>;
}

/** Plans what a project is to get. Reads only; the same scene gives the same plan. */
export async function planRetrofit(
  found: Scene,
  { contentOf, without = new Set() }: PlanOptions,
): Promise<RetrofitPlan> {
  const { repository, app, answers, inputs } = found;
  const { by, drafted } = openDraft({
    repository,
    contentOf,
    app: app.root,
    versions: inputs.versions,
    nested: found.nested,
  });
  // Where guard files are listed, whoever changes one has to write it down.
  const isListed = contentOf(inApp(found, guardListPath)) !== undefined;
  const asked = chosenIn(isListed ? [...answers.guardrails, 'agents'] : answers.guardrails);
  const chosen = asked.filter((id) => !without.has(id));
  // First, while every place is still where it was found.
  const guards = chosen.some(isGuard) ? wireGuards(found, by('wiring')) : undefined;
  const scene: Scene = { ...found, answers: { ...answers, guardrails: chosen }, ...(guards && { guards }) };
  for (const id of chosen) {
    const draft = by(id);
    const known = new Set(drafted().settings.map(({ name }) => name));
    await retrofitters[id].retrofit(scene, draft);
    nameSettings(
      scene,
      draft,
      drafted().settings.filter(({ name }) => !known.has(name)),
    );
  }
  const { packages, ...rest } = drafted();
  const named = Object.fromEntries(packages.map((name) => [name, '*']));
  return { ...rest, budget: budgetOf(JSON.stringify({ dependencies: named }), inputs.packages) };
}

/** Guardrails that stand in the way of requests. */
function isGuard(id: GuardrailId): boolean {
  return id === 'operability' || id === 'logs' || id === 'security' || id === 'auth';
}

/** What was chosen, with what it cannot do without, in the order in which it is brought in. */
export function chosenIn(chosen: readonly GuardrailId[]): readonly GuardrailId[] {
  const all = new Set<GuardrailId>(chosen);
  for (const id of all) for (const needed of retrofitters[id].needs ?? []) all.add(needed);
  return guardrailIds.filter((id) => all.has(id));
}

/** Whoever sets the project up elsewhere has to know what it reads. */
function nameSettings(scene: Scene, draft: Draft, settings: readonly PlannedSetting[]): void {
  if (settings.length === 0) return;
  const path = inApp(scene, '.env.example');
  const text = draft.read(path);
  // A list that is new names what the project has read so far, too: half a list would mislead.
  const own = text === undefined ? readIn(scene, draft) : [];
  const names = [...new Set([...own, ...settings.map(({ name }) => name)])];
  draft.edit(path, withEnvNames(text, names), { why: `names ${names.join(', ')}, without values` });
}

/** What the app reads by itself; the guards list their own settings. */
function readIn({ app }: Scene, draft: Draft): string[] {
  const repository = draft.repository();
  return environmentReads(repository).flatMap(({ key, place }) => {
    const isOwn = appOf(repository, place.path)?.root === app.root && !/(?:^|\/)guardrails\//.test(place.path);
    return key !== undefined && isOwn && !notSettings.test(key) ? [key] : [];
  });
}
