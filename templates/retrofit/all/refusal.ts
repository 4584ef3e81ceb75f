// How somebody is turned away: pages go to where one signs in, programs get 401 or 403; in report mode it is only told.
import type { IncomingMessage } from 'node:http';
import type { Decision } from './access-rules.ts';
import { signInPage } from './authenticate.ts';
import { problem, type Answer, type Call } from './call.ts';
import { config } from './config.ts';
import { securityEvent } from './log.ts';

/** In report mode (AUTH_MODE=report) nobody is turned away. */
export const isWatchingOnly = config.AUTH_MODE === 'report';

/** The answer to whoever may not go on; undefined for everybody else. */
export function refusal(decision: Decision, call: Call): Answer | undefined {
  if (decision === 'pass') return undefined;
  if (decision === 'forbidden') return refused(problem(403, 'You may not do this'), call);
  const page = signInPage(call.req);
  if (page !== undefined && isPageOf(call.req))
    return refused({ status: 302, headers: { location: page, 'cache-control': 'no-store' } }, call);
  return refused({ ...problem(401, 'Sign in first'), headers: { 'www-authenticate': 'Bearer' } }, call);
}

/** This answer; in report mode a line in the log, and nothing else. */
export function refused(answer: Answer, { routes, user, req }: Call): Answer | undefined {
  if (user || isWatchingOnly)
    securityEvent('authz_fail', { user_id: user?.id, routes, method: req.method, would_answer: answer.status });
  return isWatchingOnly ? undefined : answer;
}

/** Whether a browser asks for a page that it would show. */
function isPageOf({ method, headers }: IncomingMessage): boolean {
  const wanted = headers['sec-fetch-dest'] ?? 'document';
  return (
    method === 'GET' &&
    headers.upgrade === undefined &&
    wanted === 'document' &&
    /\btext\/html\b/.test(headers.accept ?? '')
  );
}
