// How somebody is turned away: pages go to where one signs in, programs get 401 or 403; in report mode it is only told.
import { signInPage } from './authenticate.mjs';
import { problem } from './call.mjs';
import { config } from './config.mjs';
import { securityEvent } from './log.mjs';

/** In report mode (AUTH_MODE=report) nobody is turned away. */
export const isWatchingOnly = config.AUTH_MODE === 'report';

/** The answer to whoever may not go on; undefined for everybody else. */
export function refusal(decision, call) {
  if (decision === 'pass') return undefined;
  if (decision === 'forbidden') return refused(problem(403, 'You may not do this'), call);
  const page = signInPage(pageOf(call.req));
  if (page !== undefined && wantsPage(call.req))
    return refused({ status: 302, headers: { location: page, 'cache-control': 'no-store' } }, call);
  return refused({ ...problem(401, 'Sign in first'), headers: { 'www-authenticate': 'Bearer' } }, call);
}

/** This answer; in report mode a line in the log, and nothing else. */
export function refused(answer, { routes, user, req }) {
  if (user || isWatchingOnly)
    securityEvent('authz_fail', { user_id: user?.id, routes, method: req.method, would_answer: answer.status });
  return isWatchingOnly ? undefined : answer;
}

/** Whether a browser asks for a page that it would show, or sends a form and would show what comes back. */
function wantsPage({ method, headers }) {
  const { accept = '', 'content-type': type = '', 'sec-fetch-dest': shownAs = 'document', upgrade } = headers;
  const isForm = method === 'POST' && /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(type);
  const isShown = shownAs === 'document' && /\btext\/html\b/.test(accept);
  return (method === 'GET' || isForm) && isShown && upgrade === undefined;
}

/** The page to go on with after signing in: for a form the one that it stood on. */
function pageOf({ method, url = '/', headers }) {
  if (method === 'GET') return url;
  const { referer = '', host } = headers;
  const from = URL.canParse(referer) ? new URL(referer) : undefined;
  return from && from.host === host ? from.pathname + from.search : '/';
}
