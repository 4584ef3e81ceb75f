// Finds out who is calling, from the session that signing in has begun; whoever cannot prove it is a stranger.
import type { IncomingMessage } from 'node:http';
import { userWith } from './accounts.ts';
import { addresses } from './addresses.ts';
import type { User } from './call.ts';
import { sessionToken } from './session-cookie.ts';

export { usesCookie } from './session-cookie.ts';

/** The signed-in user of a request, or undefined for a stranger. */
export async function authenticate(req: IncomingMessage): Promise<User | undefined> {
  const token = sessionToken(req);
  return token === undefined ? undefined : userWith(token);
}

/** Where a stranger who asks for a page can sign in. */
export function signInPage(next: string): string | undefined {
  return addresses.page === '' ? undefined : `${addresses.page}?next=${encodeURIComponent(next)}`;
}
