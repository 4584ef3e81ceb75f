// The cookies of signing in: no script can read them, and a browser sends them to this site alone.
import type { IncomingMessage } from 'node:http';
import { isOwnMachine } from './address.ts';

/** Who is signed in, and who is on the way to it. */
export type CookieName = 'guard-session' | 'guard-sign-in';

/** What a browser sends under this name; undefined when it sends nothing. */
export function cookieOf(req: IncomingMessage, name: CookieName): string | undefined {
  const start = `${fullName(req, name)}=`;
  const cookies = (req.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length);
}

/** Hands over a cookie for so many seconds. */
export function cookieFor(req: IncomingMessage, name: CookieName, value: string, seconds: number): string {
  const secure = isOwnMachine(req) ? '' : '; Secure';
  return `${fullName(req, name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

/** Takes a cookie away. */
export function noCookie(req: IncomingMessage, name: CookieName): string {
  return cookieFor(req, name, '', 0);
}

/** With __Host- browsers take it from this site alone. */
function fullName(req: IncomingMessage, name: CookieName): string {
  return isOwnMachine(req) ? name : `__Host-${name}`;
}
