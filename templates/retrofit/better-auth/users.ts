// The only door through which somebody becomes a user, gets a new password or leaves. Each of these ends every open session of theirs.
import { auth } from './identity.ts';
import { securityEvent } from './log.ts';

/** Adds a user; whoever is one already gets the new password, and the new roles if any are named. */
export async function setUser(email: string, roles: readonly string[], password: string): Promise<void> {
  const { internalAdapter: store, password: passwords } = await (await auth()).$context;
  const role = roles.join(',');
  const found = await store.findUserByEmail(email);
  if (!found) {
    const { user } = await (await auth()).api.createUser({ body: { email, password, name: email, data: { role } } });
    return securityEvent('user_created', { user_id: user.id, role });
  }
  const { id } = found.user;
  await store.updatePassword(id, await passwords.hash(password));
  if (role !== '') await store.updateUser(id, { role });
  await store.deleteUserSessions(id);
  securityEvent('authn_password_change', { user_id: id });
}

/** Removes a user. Records of the app that belong to that user stay. Throws when there is no such user. */
export async function removeUser(email: string): Promise<void> {
  const { internalAdapter: store } = await (await auth()).$context;
  const found = await store.findUserByEmail(email);
  if (!found) throw new Error(`${email} is not among those who may sign in`);
  await store.deleteUserSessions(found.user.id);
  await store.deleteUser(found.user.id);
  securityEvent('user_deleted', { user_id: found.user.id });
}
