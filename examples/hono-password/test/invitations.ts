// Accepting an invitation in tests, as the page behind the link does it.
import { post } from './identity.ts';

export const password = 'long enough for anybody';

/** The secret part of an invitation link. */
export function tokenOf(link: string): string {
  return new URL(link).hash.slice(1);
}

/** Sends what the page sends. */
export function accept(url: string, token: string, chosen = password): Promise<Response> {
  return post(`${url}/auth/accept-invitation`, { token, password: chosen });
}
