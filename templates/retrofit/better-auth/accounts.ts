// Who signs in by a password, and what keeps them signed in: better-auth knows both, in the app's own database.
import type { User } from './call.ts';
import { auth } from './identity.ts';

/** What somebody gets who knows the password; undefined for everybody else, after as much work. */
export async function beginSession(
  email: string,
  password: string,
): Promise<{ readonly userId: string; readonly token: string } | undefined> {
  const { api } = await auth();
  const response = await api.signInEmail({ body: { email, password }, asResponse: true });
  const token = response.headers.get('set-auth-token');
  if (!response.ok || token === null) return undefined;
  const { user } = (await response.json()) as { readonly user: { readonly id: string } };
  return { userId: user.id, token: encodeURIComponent(decodeURIComponent(token)) };
}

/** Whose session this is; undefined when it is none, or not any more. */
export async function userWith(token: string): Promise<User | undefined> {
  const { api } = await auth();
  const session = await api.getSession({ headers: proof(token) });
  if (!session || session.user.banned) return undefined;
  const { id, email, role } = session.user;
  return { id, email, roles: (role ?? '').split(',').filter(Boolean) };
}

/** Ends a session. */
export async function endSession(token: string): Promise<void> {
  const { api } = await auth();
  await api.signOut({ headers: proof(token) });
}

function proof(token: string): Headers {
  return new Headers({ authorization: `Bearer ${token}` });
}
