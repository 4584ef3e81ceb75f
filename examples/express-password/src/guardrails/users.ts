// The only door through which somebody becomes a user, changes role or leaves. A new password or a removal ends every open session.
import { z } from 'zod';
import { auth, database } from './identity.ts';
import { securityEvent } from './log.ts';

/** What a password must be: long. Any characters are allowed, and nobody is told to change it every month. */
export const passwordRule = z
  .string()
  .min(12, 'a password has at least 12 characters')
  .max(128, 'a password has at most 128 characters');

/** An e-mail address, in lower case. */
export const emailRule = z.email('this is not an e-mail address').max(254).toLowerCase();

/** A role is one plain word, such as `admin`. */
export const roleRule = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'a role is one plain word, such as admin');

/** A person to be added. */
export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly role?: string;
}

/** Adds a user and gives the new id. Throws on a weak password or an address that is taken. */
export async function addUser(person: NewUser): Promise<string> {
  const email = valid(emailRule, person.email);
  const password = valid(passwordRule, person.password);
  const role = valid(roleRule, person.role ?? 'user');
  const { user } = await auth.api.createUser({ body: { email, password, name: email, data: { role } } });
  securityEvent('user_created', { user_id: user.id, role });
  return user.id;
}

/** Gives a user another role. It counts from the next request on, in sessions that are already open. */
export async function changeRole(email: string, role: string): Promise<void> {
  const { store, id } = await find(email);
  await store.updateUser(id, { role: valid(roleRule, role) });
  securityEvent('authz_change', { user_id: id, role });
}

/** Sets a new password for somebody who forgot the old one. */
export async function changePassword(email: string, password: string): Promise<void> {
  const hash = await (await auth.$context).password.hash(valid(passwordRule, password));
  const { store, id } = await find(email);
  await store.updatePassword(id, hash);
  await store.deleteUserSessions(id);
  securityEvent('authn_password_change', { user_id: id });
}

/** Removes a user. Records that belong to that user stay. */
export async function removeUser(email: string): Promise<void> {
  const { store, id } = await find(email);
  await store.deleteUserSessions(id);
  await store.deleteUser(id);
  securityEvent('user_deleted', { user_id: id });
}

/** Whether somebody with this address is a user already. */
export async function isUser(email: string): Promise<boolean> {
  const { internalAdapter } = await auth.$context;
  return (await internalAdapter.findUserByEmail(email.toLowerCase())) !== null;
}

/** Everybody who can sign in, by address. */
export function listUsers(): readonly { email: string; role: string }[] {
  const rows = database.prepare('SELECT email, role FROM auth_user ORDER BY email').all();
  return rows.map((row) => ({ email: String(row['email']), role: String(row['role'] ?? '') }));
}

async function find(email: string) {
  const { internalAdapter: store } = await auth.$context;
  const found = await store.findUserByEmail(valid(emailRule, email));
  if (!found) throw new Error(`there is no user ${email}`);
  return { store, id: found.user.id };
}

function valid(rule: z.ZodType<string>, value: string): string {
  const result = rule.safeParse(value);
  if (!result.success) throw new Error(result.error.issues.map(({ message }) => message).join(', '));
  return result.data;
}
