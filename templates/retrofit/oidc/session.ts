// Keeps people signed in for a working day: who they are stands in a sealed cookie, and nowhere on this server.
import type { IncomingMessage } from 'node:http';
import { access } from './access.ts';
import type { User } from './call.ts';
import { cookieFor, cookieOf } from './cookies.ts';
import { log } from './log.ts';
import { seal, unseal } from './sealed.ts';
import { recall, remember } from './token-cache.ts';

const seconds = 8 * 3600;
const longest = 3800; // characters; browsers keep 4096 bytes of a cookie

/** The cookie that keeps somebody signed in. */
export async function sessionCookie(req: IncomingMessage, user: User): Promise<string> {
  const text = await sealed(user);
  if (text.length <= longest) return cookieFor(req, 'guard-session', text, seconds);
  log.warn({ roles: user.roles.length }, 'more roles than a cookie holds: those stay that guardrails/access asks for');
  return cookieFor(req, 'guard-session', await sealed({ ...user, roles: user.roles.filter(isAskedFor) }), seconds);
}

/** Who is signed in by the cookie of a request; undefined when nobody is, or no longer. */
export async function sessionUser(req: IncomingMessage): Promise<User | undefined> {
  const text = cookieOf(req, 'guard-session');
  if (text === undefined) return undefined;
  const recent = recall(`session ${text}`);
  if (recent) return recent;

  const session = await unseal('session', text);
  if (typeof session?.sub !== 'string' || !Array.isArray(session['roles'])) return undefined;
  const email = typeof session['email'] === 'string' ? { email: session['email'] } : {};
  const user = { id: session.sub, ...email, roles: session['roles'] as string[] };
  remember(`session ${text}`, user, session.exp ?? 0);
  return user;
}

function sealed({ id, email, roles }: User): Promise<string> {
  return seal('session', { sub: id, ...(email !== undefined && { email }), roles }, seconds);
}

function isAskedFor(role: string): boolean {
  return Object.values(access).some((rule) => typeof rule === 'object' && 'anyOf' in rule && rule.anyOf.includes(role));
}
