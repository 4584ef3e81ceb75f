import { withEnvEntries } from '../secrets/extract/env-text.ts';
import { envEntriesOf } from '../secrets/env-files.ts';
import { textOf, type Content } from '../tree/content.ts';
import { sumOf } from '../tree/step.ts';
import { inApp } from './in-app.ts';
import type { PlannedStep, RetrofitPlan } from './plan.ts';
import type { Scene } from './scene.ts';

const name = 'AUTH_SECRET';

/** The secret that keeps people signed in across restarts of this computer's copy. Random, so it is in no plan. */
export function withLocalSecret(
  scene: Scene,
  { steps, settings }: RetrofitPlan,
  contentOf: (path: string) => Content | undefined,
  random: () => string,
): readonly PlannedStep[] {
  const isAsked = settings.some((setting) => setting.name === name) || steps.some(readsIt);
  const path = inApp(scene, '.env');
  const planned = sumOf(steps).find((file) => file.path === path);
  const now = textOf(planned ? planned.after : contentOf(path));
  // What git has, everybody has who has the repository: there the owner has to say it elsewhere.
  const isShared = scene.repository.file(path)?.tracked === true;
  if (!isAsked || isShared || envEntriesOf(now ?? '').some(({ key }) => key === name)) return [];
  const after = withEnvEntries(now, [{ name, value: random() }]);
  const step = {
    path,
    by: 'auth',
    why: 'keeps people signed in when the app starts again',
    secret: true,
    hides: true,
  } as const;
  return [now === undefined ? { ...step, kind: 'create', after } : { ...step, kind: 'edit', before: now, after }];
}

function readsIt(step: PlannedStep): boolean {
  return (
    step.kind !== 'remove' && /guardrails\/settings\.[cm]js$/.test(step.path) && String(step.after).includes(`${name}:`)
  );
}
