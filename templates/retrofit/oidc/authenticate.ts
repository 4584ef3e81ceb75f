// Finds out who is calling: a person by the session that signing in has begun, a program by its token; anybody else is a stranger.
import type { IncomingMessage } from 'node:http';
import { addresses } from './addresses.ts';
import { tokenUser } from './bearer-token.ts';
import type { User } from './call.ts';
import { config } from './config.ts';
import { cookieOf } from './cookies.ts';
import { sessionUser } from './session.ts';

/** The user of a request, or undefined for a stranger. Throws IssuerUnavailable when a token cannot be checked. */
export async function authenticate(req: IncomingMessage): Promise<User | undefined> {
  return (await sessionUser(req)) ?? tokenUser(req);
}

/** Whether a cookie is what the request brings as proof; a browser sends it unasked. */
export function usesCookie(req: IncomingMessage): boolean {
  return cookieOf(req, 'guard-session') !== undefined;
}

/** Where a stranger who asks for a page can sign in; nowhere while OIDC_CLIENT_ID is not set. */
export function signInPage(next: string): string | undefined {
  const isNowhere = addresses.page === '' || config.OIDC_CLIENT_ID === '';
  return isNowhere ? undefined : `${addresses.page}?next=${encodeURIComponent(next)}`;
}
