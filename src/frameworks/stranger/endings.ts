import type { Run } from '../../code/run/run.ts';
import { externalPath, optionsOf, textOfValue, type Site, type Value } from '../../code/run/values.ts';
import type { Ending, Visit } from './visit.ts';

const refusing =
  /access denied|unauthori[sz]ed|not authori[sz]ed|forbidden|not (?:logged|signed) ?in|(?:log|sign) ?in (?:first|required|to )|(?:login|authentication) (?:is )?required|please (?:log|sign) ?in|(?:unauthenticated|not authenticated)|no token/i;
const signInPage = /(?:^|\/)(?:log-?in|sign-?in|auth|sso|session\/new|users?\/login|account\/login)(?:[/?.]|$)/i;

/** What an answer with a status and content means to a stranger. */
export function answer(
  visit: Visit,
  run: Run,
  status: Value | undefined,
  content: Value | undefined,
  site: Site,
): void {
  const code = numberOf(status);
  if (code === 401 || code === 403 || code === 407 || code === 511)
    visit.end(run, 'refused', site, `answers ${code} to whoever shows no credential`);
  else if (code !== undefined && code >= 500) visit.end(run, 'failed', site, `answers ${code}`);
  else if (code !== undefined && code >= 300 && code < 400 && code !== 304) redirect(visit, run, [], site);
  else if (code !== undefined && code >= 400) visit.end(run, 'rejected', site, `answers ${code}`);
  else if (status && code === undefined) visit.end(run, 'failed', site, 'answers with the status of an error');
  else if (visit.consulted && content && refusing.test(textIn(content)))
    visit.end(run, 'refused', site, 'answers that access is denied');
  else visit.end(run, 'answered', site, 'answers');
}

/** A redirect refuses when it leads to a sign-in page, or comes because no credential was found. */
export function redirect(visit: Visit, run: Run, given: readonly Value[], site: Site): void {
  const target = given.map(textOfValue).find((text) => text !== undefined) ?? '';
  if (visit.consulted) visit.end(run, 'refused', site, `sends whoever is not signed in to ${target || 'another page'}`);
  else visit.end(run, 'answered', site, signInPage.test(target) ? 'leads to the sign-in' : 'leads to another page');
}

/** What throwing a value, or handing it to `next`, means. */
export function fail(visit: Visit, run: Run, error: Value, site: Site): void {
  const refused = optionsOf(error).some(isRefusal);
  if (refused) visit.end(run, 'refused', site, 'refuses whoever shows no credential');
  else visit.end(run, 'failed', site, 'fails without a credential');
}

function isRefusal(error: Value): boolean {
  if (error.kind === 'record') {
    const status = ['status', 'statusCode', 'code', 'httpStatus'].map((name) => error.entries.get(name));
    if (status.some((value) => value && isRefusingCode(value))) return true;
    const named = error.of?.node.id?.name ?? '';
    return /unauth|forbidden|denied|credential|notauth/i.test(named) || refusing.test(textIn(error));
  }
  if (error.kind !== 'external') return error.kind === 'constant' && refusing.test(String(error.value));
  if (/unauthori[sz]ed|forbidden|authenticationerror/i.test(externalPath(error))) return true;
  const call = error.steps.findLast((step) => 'call' in step);
  return (
    call !== undefined &&
    'call' in call &&
    call.call.some((given) => isRefusingCode(given) || refusing.test(textIn(given)))
  );
}

function isRefusingCode(value: Value): boolean {
  const code = numberOf(value);
  return code === 401 || code === 403;
}

export function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind === 'external') {
    const name = externalPath(value).split('.').at(-1) ?? '';
    return statusNames.get(name.toUpperCase().replaceAll('_', ''));
  }
  if (value?.kind !== 'constant') return undefined;
  const code = Number(value.value);
  return Number.isInteger(code) ? code : undefined;
}

/** What libraries call the codes: `StatusCodes.UNAUTHORIZED`, `HttpStatus.FORBIDDEN`. */
const statusNames: ReadonlyMap<string, number> = new Map([
  ['OK', 200],
  ['CREATED', 201],
  ['ACCEPTED', 202],
  ['NOCONTENT', 204],
  ['BADREQUEST', 400],
  ['UNAUTHORIZED', 401],
  ['FORBIDDEN', 403],
  ['NOTFOUND', 404],
  ['CONFLICT', 409],
  ['UNPROCESSABLEENTITY', 422],
  ['TOOMANYREQUESTS', 429],
  ['INTERNALSERVERERROR', 500],
]);

/** The texts in an answer. */
function textIn(value: Value, depth = 0): string {
  if (value.kind === 'constant') return typeof value.value === 'string' ? value.value : '';
  if (value.kind === 'record' && depth < 3)
    return [...value.entries.values()].map((entry) => textIn(entry, depth + 1)).join(' ');
  return '';
}

/** The ways that threw and were not caught end here. */
export function endThrown(
  visit: Visit,
  run: Run,
  thrown: readonly { value: Value; marks: ReadonlySet<string> }[],
  site: Site,
): ReadonlySet<Ending> {
  const endings = new Set<Ending>();
  for (const { value, marks } of thrown) {
    run.marks = marks;
    fail(visit, run, value, site);
    for (const mark of run.marks) endings.add(mark as Ending);
  }
  return endings;
}
