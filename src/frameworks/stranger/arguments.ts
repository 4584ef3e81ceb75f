import type { Run } from '../../code/run/run.ts';
import type { Value } from '../../code/run/values.ts';
import { honoContextOf } from './hono-context.ts';
import { koaContextOf } from './koa-context.ts';
import { requestOf, type Asked } from './request.ts';
import { nextOf, responseOf } from './response.ts';
import type { Visit } from './visit.ts';

/** What a framework hands to its handlers when a stranger asks. */
export function argumentsOf(framework: string, visit: Visit, run: Run, asked: () => Asked): readonly Value[] {
  const next = nextOf(visit, run);
  if (framework === 'hono') return [honoContextOf(visit, run, asked), next];
  if (framework === 'koa') return [koaContextOf(visit, run, asked), next];
  return [requestOf(visit, run, asked), responseOf(visit, run), next];
}
