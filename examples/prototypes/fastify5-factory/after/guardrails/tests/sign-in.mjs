// Signs somebody in while the app is tested: a person who exists for this run only.
import { randomBytes } from 'node:crypto';
import { access } from '../access.mjs';
import { addresses } from '../addresses.mjs';

const password = randomBytes(24).toString('base64url');
const roles = [...new Set(Object.values(access).flatMap((rule) => rule?.anyOf ?? []))];
const boss = 'guard-tests@example.com';
const nobody = 'no-roles@example.com';

/** The settings that let these people in. */
export async function signInSettings() {
  const AUTH_SECRET = randomBytes(32).toString('base64url');
  Object.assign(process.env, { AUTH_SECRET, AUTH_USERS: '' });
  const { entryFor } = await import('../people.mjs');
  const people = [entryFor(boss, roles, password), ...(roles.length > 0 ? [entryFor(nobody, [], password)] : [])];
  return { AUTH_SECRET, AUTH_USERS: (await Promise.all(people)).join(',') };
}

/** What a request brings along when somebody who has every role sends it, or with `false` somebody who has none. */
export async function signedIn(ask, hasRoles = true) {
  const body = JSON.stringify({ email: hasRoles ? boss : nobody, password });
  const headers = { 'content-type': 'application/json' };
  const answer = await ask({ method: 'POST', path: addresses.signIn, headers, body });
  if (answer.status === 200) return { authorization: `Bearer ${JSON.parse(answer.text).token}` };
  throw new Error(`nobody can sign in: POST ${addresses.signIn} answered ${answer.status} ${answer.text}`);
}
