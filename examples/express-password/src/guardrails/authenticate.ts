// Finds out who is calling, from the session cookie or the bearer token; whoever cannot prove it is a stranger.
import type { IncomingMessage } from 'node:http';
import type { User } from './call.ts';
import { auth } from './identity.ts';

/** The signed-in user of a request, or undefined for a stranger. Throws when the database cannot be read. */
export async function authenticate(req: IncomingMessage): Promise<User | undefined> {
  const headers = credentials(req);
  if (!headers) return undefined;
  const session = await auth.api.getSession({ headers });
  if (!session || session.user.banned) return undefined;
  const { id, email, role } = session.user;
  return { id, email, roles: (role ?? '').split(',').filter(Boolean) };
}

/** The one proof a request brings: a token when there is one, else its cookies; never both. */
export function credentials(req: IncomingMessage): Headers | undefined {
  const { authorization, cookie } = req.headers;
  if (authorization !== undefined) return new Headers({ authorization });
  return cookie === undefined ? undefined : new Headers({ cookie });
}
