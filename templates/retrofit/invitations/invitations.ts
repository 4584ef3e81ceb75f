// An invitation is a link that works once, for one address and for a limited time; only its fingerprint is kept.
import { createHash, randomBytes } from 'node:crypto';
import { addresses } from './addresses.ts';
import { config } from './config.ts';
import { database } from './identity.ts';

/** An invitation works this many hours. */
export const invitationHours = 72;

database.exec(`
  CREATE TABLE IF NOT EXISTS auth_invitations (
    token_hash TEXT PRIMARY KEY, email TEXT NOT NULL, roles TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT`);
const insert = database.prepare('INSERT INTO auth_invitations VALUES (?, ?, ?, ?)');
const take = database.prepare(
  'DELETE FROM auth_invitations WHERE token_hash = ? AND expires_at > ? RETURNING email, roles',
);
const removeOld = database.prepare('DELETE FROM auth_invitations WHERE expires_at <= ?');
const removeAll = database.prepare('DELETE FROM auth_invitations WHERE email = ?');

/** Who is invited, and as what. */
export interface Invited {
  readonly email: string;
  readonly roles: readonly string[];
}

/** Makes an invitation and gives the link, which exists nowhere else. */
export function invite({ email, roles }: Invited, now = Date.now()): string {
  const token = randomBytes(32).toString('base64url');
  removeOld.run(now);
  insert.run(hash(token), email, roles.join(','), now + invitationHours * 3_600_000);
  const base = config.PUBLIC_URL || `http://localhost:${process.env['PORT'] || 3000}`;
  // After the # it stays in the browser: no server, proxy or log on the way sees it.
  return new URL(`${addresses.invitation}#${token}`, base).href;
}

/** Uses up the invitation of a token, and every other one for the same address; undefined when it is unknown, used or too old. */
export function takeInvitation(token: string, now = Date.now()): Invited | undefined {
  const row = take.get(hash(token), now);
  if (!row) return undefined;
  const invited = { email: String(row['email']), roles: String(row['roles']).split(',').filter(Boolean) };
  removeAll.run(invited.email);
  return invited;
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
