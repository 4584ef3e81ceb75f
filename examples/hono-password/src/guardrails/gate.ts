// Every request stops here first: it goes on only when the access table lets this caller use every route that it matches.
import type { IncomingMessage } from 'node:http';
import { access } from './access.ts';
import { checkedTable, decide, isOpen, type AccessTable, type Decision } from './access-rules.ts';
import { authenticate } from './authenticate.ts';
import { problem, type Answer, type Call, type Layer, type User } from './call.ts';
import { listRoutes, type App } from './framework.ts';
import { securityEvent } from './log.ts';
import { wasStopped } from './passage.ts';
import { mayBeForged } from './same-site.ts';
import { beforeListening, lockServers } from './server-lock.ts';

// Whoever asks for the user here loads the gate with it, and so the lock on all servers, even if app.ts forgets the guard.
export { currentUser } from './call.ts';

const table: AccessTable = checkedTable(access);
const seen = new WeakSet<IncomingMessage>();
const passed = new WeakSet<IncomingMessage>();

/** Lets a request pass, or answers 401 (who are you?), 403 (not you) or 404 (only to people who are signed in). */
export const gate: Layer = {
  name: 'gate',
  async before(call) {
    seen.add(call.req);
    if (mayBeForged(call.req)) return problem(403, 'Another web site may not do this in your name');
    const answer = await judge(call, call.routes.filter(isPlace));
    if (!answer) passed.add(call.req);
    return answer;
  },
};

/** Asks the table once more in front of each route: whatever has led a request there, the route's own rule holds. */
export function lock(call: Call, key: string): Answer | undefined {
  if (!passed.has(call.req)) return problem(503, 'This request has not been through the gate');
  return refusal(decide(table[key], call.user), call);
}

/** Stops the program before it listens when a route has no entry in the access table. */
export function requireAccess(app: App): void {
  beforeListening(() => {
    const unlisted = listRoutes(app).filter((key) => !(key in table));
    if (unlisted.length === 0) return;
    const lines = unlisted.map((key) => `  '${key}': 'user',`).join('\n');
    throw new Error(
      `these routes have no entry in src/guardrails/access.ts, so nobody could call them. Add:\n${lines}`,
    );
  });
}

async function judge(call: Call, keys: readonly string[]): Promise<Answer | undefined> {
  const rules = keys.map((key) => table[key]);
  if (keys.length > 0 && rules.every(isOpen)) return undefined;
  call.user = await authenticate(call.req);
  if (keys.length === 0) return call.user ? problem(404, 'Not found') : refusal('sign in', call);
  const decisions = rules.map((rule) => decide(rule, call.user));
  return refusal(decisions.find((decision) => decision !== 'pass') ?? 'pass', call);
}

/** What `use` has put on the way is a place of its own only where the table says so; otherwise it opens nothing. */
function isPlace(key: string): boolean {
  return !key.startsWith('USE ') || key in table;
}

function refusal(
  decision: Decision,
  { user, routes }: { user: User | undefined; routes: readonly string[] },
): Answer | undefined {
  if (decision === 'pass') return undefined;
  if (decision === 'sign in') return { ...problem(401, 'Sign in first'), headers: { 'www-authenticate': 'Bearer' } };
  securityEvent('authz_fail', { user_id: user?.id, routes });
  return problem(403, 'You may not do this');
}

lockServers({
  mayAnswer: (req) => seen.has(req) || wasStopped(req),
  admit: (call) => gate.before!(call),
});
