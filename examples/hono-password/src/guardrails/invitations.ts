// An invitation is a link that works once, for one address and for a limited time; only its fingerprint is kept.
import { createHash, randomBytes } from 'node:crypto';
import { config } from './config.ts';
import { database } from './identity.ts';

if (config.NODE_ENV === 'production' && !config.PUBLIC_URL.startsWith('https://')) {
  throw new Error('Invitations lead to PUBLIC_URL, so set it to the https address of this app before starting');
}

database.exec(`
  CREATE TABLE IF NOT EXISTS auth_invitations (
    token_hash TEXT PRIMARY KEY, email TEXT NOT NULL, role TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT`);
const insert = database.prepare('INSERT INTO auth_invitations VALUES (?, ?, ?, ?)');
const take = database.prepare(
  'DELETE FROM auth_invitations WHERE token_hash = ? AND expires_at > ? RETURNING email, role',
);
const removeOld = database.prepare('DELETE FROM auth_invitations WHERE expires_at <= ?');
const removeAll = database.prepare('DELETE FROM auth_invitations WHERE email = ?');

/** Who is invited, and as what. */
export interface Invited {
  readonly email: string;
  readonly role: string;
}

/** Makes an invitation and gives the link, which exists nowhere else, and the moment at which it stops working. */
export function invite({ email, role }: Invited, hours: number): { link: string; expiresAt: string } {
  const token = unguessable();
  const expiresAt = Date.now() + hours * 60 * 60_000;
  removeOld.run(Date.now());
  insert.run(hash(token), email, role, expiresAt);
  // After the # it stays in the browser: no server, proxy or log on the way sees it.
  const link = new URL(`/auth/accept-invitation#${token}`, config.PUBLIC_URL).href;
  return { link, expiresAt: new Date(expiresAt).toISOString() };
}

/** Uses up the invitation of a token, and every other one for the same address; undefined when it is unknown, used or too old. */
export function takeInvitation(token: string): Invited | undefined {
  const row = take.get(hash(token), Date.now());
  if (!row) return undefined;
  const invited = { email: String(row['email']), role: String(row['role']) };
  removeAll.run(invited.email);
  return invited;
}

function unguessable(): string {
  return randomBytes(32).toString('base64url');
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
