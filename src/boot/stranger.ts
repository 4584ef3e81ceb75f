import type { Route, Server } from '../frameworks/server.ts';
import type { RuleFinding } from '../rules/rule.ts';
import type { BootResult } from './boot.ts';
import type { ProbedRoute } from './probe.ts';

type Failure = Extract<RuleFinding, { verdict: 'fail' }>;

/**
 * What a stranger met at each route takes the place of what was read about it. A route that was reached and whose handler
 * refuses by itself stays as it was read: the handler was not called.
 */
export function seenByStranger(read: readonly RuleFinding[], { routes }: BootResult, server: Server): RuleFinding[] {
  const written = new Map(server.routes.map((route) => [keyOf(route), route]));
  const failures = new Map(
    read.flatMap((finding) => (finding.verdict === 'fail' && finding.key ? [[bare(finding.key), finding]] : [])),
  );
  const findings: RuleFinding[] = read.filter((finding) => finding.verdict !== 'fail' || !finding.key);
  const asked = new Set(routes.map(keyOf));
  for (const [key, finding] of failures) if (!asked.has(key)) findings.push(finding);
  for (const route of routes) {
    const finding = foundAt(route, written.get(keyOf(route)), failures.get(keyOf(route)));
    if (finding) findings.push(finding);
  }
  return findings;
}

function foundAt(
  route: ProbedRoute,
  written: Route | undefined,
  failure: Failure | undefined,
): RuleFinding | undefined {
  const { method, path, met, exchange } = route;
  const evidence =
    exchange &&
    `${exchange.method} ${exchange.path} -> ${met === 'reached' ? 'the handler was reached' : exchange.status}`;
  if (met === 'refused')
    return {
      verdict: 'pass',
      message: `${method} ${path} refused a stranger (${exchange?.status})`,
      ...(written && { where: written.where }),
    };
  if (met === 'unclear' || evidence === undefined) return failure;
  const isCertain = met === 'answered';
  if (failure) return { ...failure, evidence, confidence: isCertain ? 'certain' : failure.confidence };
  // Read as public on purpose, or as refused by the handler itself, which was not called.
  if (written && (written.guard.state === 'open' || (written.guard.state === 'refused' && met === 'reached')))
    return undefined;
  if (written?.guard.state === 'unknown' && !isCertain) return undefined;
  return {
    verdict: 'fail',
    message: `Anyone on the internet can call ${method} ${path}: a stranger was not refused.`,
    where: written?.where ?? { path: '.' },
    confidence: isCertain ? 'certain' : 'likely',
    remedy: 'Put it behind the check that the other routes have, or list it as public with a reason.',
    evidence,
    key: `${method} ${path}`,
  };
}

function keyOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return bare(`${method} ${path}`);
}

/** `:id`, `{id}` and `:id?` are the same to a stranger. */
function bare(key: string): string {
  return key.replaceAll(/[:{]\w+\}?\??/g, ':').replace(/(?<=\S)\/$/, '');
}
