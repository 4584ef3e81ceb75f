import { overlaid } from '../../repository/overlay.ts';
import type { Repository } from '../../repository/repository.ts';
import { sumOf } from '../../tree/step.ts';
import type { RetrofitPlan } from '../plan.ts';

/** A repository as it will be with a plan applied. */
export function withPlan(repository: Repository, { steps }: RetrofitPlan): Repository {
  return overlaid(repository, new Map(sumOf(steps).map(({ path, after }) => [path, after])));
}
