// Finds out who is calling, from the session that signing in has begun; whoever cannot prove it is a stranger.
import type { IncomingMessage } from 'node:http';
import type { User } from './call.ts';
import { cookieName, readSession } from './session.ts';
import { findPerson } from './people.ts';

/** The signed-in user of a request, or undefined for a stranger. */
export async function authenticate(req: IncomingMessage): Promise<User | undefined> {
  const session = readSession(sessionCookie(req) ?? bearerToken(req));
  const person = session && findPerson(session.email);
  // A new password ends the sessions that the old one has begun.
  if (!person || person.mark !== session.mark) return undefined;
  return { id: person.email, email: person.email, roles: person.roles };
}

/** Whether a cookie is what the request brings as proof; a browser sends it unasked. */
export function usesCookie(req: IncomingMessage): boolean {
  return sessionCookie(req) !== undefined;
}

/** Where a stranger who asks for a page can sign in. */
export function signInPage({ url = '/' }: IncomingMessage): string | undefined {
  return `/sign-in?next=${encodeURIComponent(url)}`;
}

function sessionCookie(req: IncomingMessage): string | undefined {
  const start = `${cookieName(req)}=`;
  const cookies = (req.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length);
}

function bearerToken({ headers }: IncomingMessage): string | undefined {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(headers.authorization ?? '')?.[1];
}
