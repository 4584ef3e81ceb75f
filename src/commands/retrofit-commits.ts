import { promiseOf } from '../reporters/retrofit/outline.ts';
import { isGuardrail } from '../guardrails/ids.ts';
import type { Prepared } from './retrofit-path.ts';

/** The message of one guardrail's commit: what it promises, and why each file changes. */
export function messageFor(by: string, { plan }: Prepared, version: string): string {
  const steps = plan.steps.filter((step) => step.by === by);
  const subject = by === 'install' ? 'Lock the new packages' : `Bring in ${by}`;
  const promise = isGuardrail(by) || by === 'wiring' ? [promiseOf(by), ''] : [];
  const files = [...new Map(steps.map(({ path, why }) => [path, why]))].map(([path, why]) => `* ${path}: ${why}`);
  return [subject, '', ...promise, ...files, ...(files.length > 0 ? [''] : []), `By create-shipshape ${version}.`].join(
    '\n',
  );
}
