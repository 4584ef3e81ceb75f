// Every request stops here first: it goes on only when the access table lets this caller use what is at that address.
import type { IncomingMessage } from 'node:http';
import { access } from './access.ts';
import { checkedTable, decide, isOpen, type AccessTable, type Decision, type Rule } from './access-rules.ts';
import { authenticate, signInPage, usesCookie } from './authenticate.ts';
import { problem, type Answer, type Call, type Layer } from './call.ts';
import { config } from './config.ts';
import { listRoutes, type App } from './framework.ts';
import { log, securityEvent } from './log.ts';
import { ownKeys } from './own-routes.ts';
import { wasStopped } from './passage.ts';
import { ruleOf, rulingKeys } from './ruling.ts';
import { mayBeForged } from './same-site.ts';
import { beforeListening, lockServers } from './server-lock.ts';
import { upgradeKeys } from './upgrade-keys.ts';

const table: AccessTable = checkedTable(access);
const addresses = new WeakMap<IncomingMessage, string>();
const passed = new WeakSet<IncomingMessage>();
const isWatchingOnly = config.AUTH_MODE === 'report';

/** Lets a request pass, or answers 401 (who are you?; pages go to where one signs in) or 403 (not you). */
export const gate: Layer = {
  name: 'gate',
  async before(call) {
    addresses.set(call.req, addressOf(call.req));
    const isForged = usesCookie(call.req) && mayBeForged(call.req);
    const forged = isForged && refused(problem(403, 'Another web site may not do this in your name'), call);
    const answer = forged || (await judge(call, rulingKeys(call.routes)));
    if (!answer) passed.add(call.req);
    return answer;
  },
};

/** Lets a request go on as far as the locks, without asking who calls. */
export function letThrough({ req }: Call): undefined {
  addresses.set(req, addressOf(req));
  passed.add(req);
}

/** Asks the table once more in front of each route: whatever has led a request there, the route's own rule holds. */
export function lock(call: Call, key: string): Answer | undefined {
  if (!passed.has(call.req)) return problem(503, 'This request has not been through the gate');
  return refusal(decisionOn(key, call), call);
}

/** Stops the program before it listens when a route has no entry in the access table; in report mode it says so. */
export function requireAccess(app: App): void {
  apps.add(app);
  beforeListening(() => {
    const unlisted = [...listRoutes(app), ...ownKeys()].filter((key) => !(key in table));
    if (unlisted.length === 0) return;
    const lines = unlisted.map((key) => `  ${entryFor(key)}`).join('\n');
    const text = `these routes have no entry in guardrails/access, so nobody could call them. Add:\n${lines}`;
    if (!isWatchingOnly) throw new Error(text);
    log.warn({ unlisted }, text);
  });
}

async function judge(call: Call, keys: readonly string[]): Promise<Answer | undefined> {
  const isOpenTo = (key: string): boolean => isOpen(ruleIn(call, key));
  if (keys.length > 0 && keys.every(isOpenTo)) {
    // Where an open folder has no such file, the request goes on to what is not open.
    if (!call.routes.every(isOpenTo)) call.user = await authenticate(call.req).catch(() => undefined);
    return undefined;
  }
  call.user = await authenticate(call.req).catch(failed);
  // Where nothing is, strangers do not learn it; whoever is signed in gets the app's own answer.
  if (keys.length === 0) return refusal(call.user ? 'pass' : 'sign in', call);
  return refusal(keys.map((key) => decisionOn(key, call)).find((decision) => decision !== 'pass') ?? 'pass', call);
}

/** Where nobody can say who calls, nobody gets in; in report mode it is a line in the log. */
function failed(error: unknown): undefined {
  if (!isWatchingOnly) throw error;
  log.error({ err: error }, 'nobody can say who is calling');
}

function decisionOn(key: string, call: Call): Decision {
  const rule = ruleIn(call, key);
  if (rule === undefined) warnUnlisted(key);
  return decide(rule, call.user);
}

function ruleIn({ req, routes }: Call, key: string): Rule | undefined {
  return ruleOf(table, key, { address: addresses.get(req) ?? '', routes });
}

function refusal(decision: Decision, call: Call): Answer | undefined {
  if (decision === 'pass') return undefined;
  if (decision === 'forbidden') return refused(problem(403, 'You may not do this'), call);
  const page = signInPage(call.req);
  if (page !== undefined && isPageOf(call.req))
    return refused({ status: 302, headers: { location: page, 'cache-control': 'no-store' } }, call);
  return refused({ ...problem(401, 'Sign in first'), headers: { 'www-authenticate': 'Bearer' } }, call);
}

/** In report mode (AUTH_MODE=report) a refusal is a line in the log, and nothing else. */
function refused(answer: Answer, { routes, user, req }: Call): Answer | undefined {
  if (user || isWatchingOnly)
    securityEvent('authz_fail', { user_id: user?.id, routes, method: req.method, would_answer: answer.status });
  return isWatchingOnly ? undefined : answer;
}

/** A line for the access table. */
function entryFor(key: string): string {
  return `'${key.replaceAll(/[\\']/g, String.raw`\$&`)}': 'user',`;
}

const apps = new Set<App>();

/** The entry for an address that another part of this program answers beside the app, such as 'USE /socket.io'. */
function outsideKey(path: string): string | undefined {
  const key = Object.keys(table).find((each) => each.startsWith('USE /') && `${path}/`.startsWith(`${each.slice(4)}/`));
  const isOfApp = (app: App): boolean => listRoutes(app).includes(key ?? '');
  return key !== undefined && [...apps].some(isOfApp) ? undefined : key;
}

const warned = new Set<string>();

/** A route that was added after the start stays closed; the log says once how to open it. */
function warnUnlisted(key: string): void {
  if (warned.has(key)) return;
  warned.add(key);
  log.warn({ key }, `this route has no entry in guardrails/access, so nobody can call it. Add: ${entryFor(key)}`);
}

/** Whether a browser asks for a page that it would show. */
function isPageOf({ method, headers }: IncomingMessage): boolean {
  const wanted = headers['sec-fetch-dest'] ?? 'document';
  return method === 'GET' && wanted === 'document' && /\btext\/html\b/.test(headers.accept ?? '');
}

/** Method and path, such as 'GET /style.css'; HEAD counts as GET. */
function addressOf({ method, url = '' }: IncomingMessage): string {
  return `${method === 'HEAD' ? 'GET' : method} ${url.split('?')[0]}`;
}

lockServers({
  mayAnswer: (req) => isWatchingOnly || addresses.has(req) || wasStopped(req),
  admit: (call) => gate.before!(call),
  outsideKey,
  upgradeKeys: (path) => upgradeKeys(Object.keys(table), path),
});
