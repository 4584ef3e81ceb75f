import { guardrailIds, type GuardrailId } from '../../../src/guardrails/ids.ts';
import { nodeOf } from '../../../src/retrofit/node-of.ts';
import { planRetrofit } from '../../../src/retrofit/plan-retrofit.ts';
import type { RetrofitPlan } from '../../../src/retrofit/plan.ts';
import { lookAtProject, serverOf } from '../../../src/retrofit/look.ts';
import { appToWorkOn } from '../../../src/retrofit/scene-of.ts';
import { settleRetrofit } from '../../../src/retrofit/settle.ts';
import { sumOf } from '../../../src/tree/step.ts';
import { creationDay, inputs } from '../../support/answers.ts';
import { repositoryOf } from '../../support/repository.ts';

/** The plan for a project in memory. */
export async function planFor(
  files: Readonly<Record<string, string>>,
  only: readonly GuardrailId[] = guardrailIds,
): Promise<RetrofitPlan> {
  const repository = repositoryOf(files, { untracked: ['.env'] });
  const app = appToWorkOn(repository, await lookAtProject(repository), undefined);
  const server = serverOf(repository, app);
  const answers = settleRetrofit(
    { owner: '@acme/payments', secondOwner: '@acme/platform', expires: '2027-01-21', only },
    { repository, app, server, clock: creationDay },
  );
  const scene = { repository, app, server, answers, inputs, node: nodeOf(repository, '20.19.0') };
  return planRetrofit(scene, { contentOf: (path) => files[path] });
}

/** The project once a plan is carried out. */
export function carriedOut(files: Readonly<Record<string, string>>, { steps }: RetrofitPlan): Record<string, string> {
  const after = { ...files };
  for (const file of sumOf(steps)) {
    if (file.before !== after[file.path]) throw new Error(`${file.path} is not what the plan found`);
    if (file.after === undefined) delete after[file.path];
    else after[file.path] = String(file.after);
  }
  return after;
}
