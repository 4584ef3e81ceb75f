// Real tokens for tests, signed by the sign-in service that test/identity-setup.ts has started.
import { randomUUID } from 'node:crypto';
import { issuer } from './identity-setup.ts';

/** A new user of a role with a real token: the headers that prove it, and the id. */
export async function signInAs(
  _url: string,
  role = 'user',
): Promise<{ headers: Record<string, string>; userId: string }> {
  const userId = randomUUID();
  return { userId, headers: { authorization: `Bearer ${await issuer.tokenFor(userId, role)}` } };
}
