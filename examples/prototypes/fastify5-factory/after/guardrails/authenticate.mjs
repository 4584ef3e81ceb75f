// Finds out who is calling, from the session that signing in has begun; whoever cannot prove it is a stranger.
import { userWith } from './accounts.mjs';
import { addresses } from './addresses.mjs';
import { sessionToken } from './session-cookie.mjs';

export { usesCookie } from './session-cookie.mjs';

/** The signed-in user of a request, or undefined for a stranger. */
export async function authenticate(req) {
  const token = sessionToken(req);
  return token === undefined ? undefined : userWith(token);
}

/** Where a stranger who asks for a page can sign in. */
export function signInPage(next) {
  return addresses.page === '' ? undefined : `${addresses.page}?next=${encodeURIComponent(next)}`;
}
