import { promiseOf } from '../reporters/retrofit/outline.ts';
import { isGuardrail } from '../guardrails/ids.ts';
import type { PlannedStep } from '../retrofit/plan.ts';
import type { Proof } from '../retrofit/proof.ts';
import { wrap } from '../world/terminal.ts';

/** The message of one guardrail's commit: what it promises, why each file changes, and what was seen when the project ran. */
export function messageFor(
  by: string,
  steps: readonly PlannedStep[],
  proof: Proof | undefined,
  version: string,
): string {
  const subject = by === 'install' ? 'Lock the new packages' : `Bring in ${by}`;
  const promise = isGuardrail(by) || by === 'wiring' ? [wrap(promiseOf(by), 72)] : [];
  const reasons = new Map(steps.filter((step) => step.by === by).map(({ path, why }) => [path, why]));
  const files = [...reasons].map(([path, why]) => wrap(why, 72, '  ', `* ${path}: `));
  const seen = (proof ? evidenceFor(by, proof) : ['Nothing was run: this is not proven.']).map((line) =>
    wrap(line, 72),
  );
  const parts = [promise, files, seen, [`By create-shipshape ${version}.`]].filter((part) => part.length > 0);
  return [subject, ...parts.map((part) => part.join('\n'))].join('\n\n');
}

/** What stands in the way of requests is proven by the answers of the app; the rest by what it is for. */
function evidenceFor(by: string, { before, routes, own, span }: Proof): string[] {
  const same = routes.filter(({ verdict }) => verdict === 'same').length;
  const others = routes
    .filter(({ verdict }) => verdict !== 'same')
    .map(({ key, why }) => `${key} is not proven: ${why}`);
  const asked =
    before.started && routes.length > 0
      ? [
          `Seen in a running copy: ${same} of ${routes.length} routes refuse strangers as the access table says, and answer the signed-in as before.`,
        ]
      : before.started
        ? []
        : [`Not seen running: ${before.why}`];
  const commands = own.map(({ command, before: was, after }) => `${command}: ${was} before, ${after} now`);
  if (by === 'telemetry')
    return [
      span?.arrived
        ? 'Seen: the trace of a request arrived.'
        : `No trace was seen: ${span?.why ?? 'nothing was asked'}`,
    ];
  if (by === 'auth') return [...asked, ...others, ...commands];
  return /^(?:wiring|secrets|security|logs|operability|tests)$/.test(by) ? [...asked, ...commands] : commands;
}
