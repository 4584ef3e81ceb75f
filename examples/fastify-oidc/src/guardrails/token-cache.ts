// Remembers tokens that were checked a moment ago, so that each is checked once in five minutes and not at every request.
import { createHash } from 'node:crypto';
import type { User } from './call.ts';

const longest = 5 * 60_000;
const capacity = 1000;
const checked = new Map<string, { readonly user: User; readonly until: number }>();

/** The user of a token that was found good a short time ago; undefined when it has to be checked. */
export function recall(token: string, now = Date.now()): User | undefined {
  const key = fingerprint(token);
  const entry = checked.get(key);
  if (entry && entry.until > now) return entry.user;
  checked.delete(key);
  return undefined;
}

/** Remembers a good token, never beyond its own end (`expires`, in seconds since 1970). The token itself is not kept. */
export function remember(token: string, user: User, expires: number, now = Date.now()): void {
  const [oldest] = checked.keys();
  if (oldest !== undefined && checked.size >= capacity) checked.delete(oldest);
  checked.set(fingerprint(token), { user, until: Math.min(expires * 1000, now + longest) });
}

function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
