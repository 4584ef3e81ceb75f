// Everything a stranger could try in order to become a user without being let in.
import { randomUUID } from 'node:crypto';
import { listUsers } from '../src/guardrails/users.ts';
import { post } from './identity.ts';

const password = `${randomUUID()}-${randomUUID()}`;

/** Addresses that the sign-in library would offer if it were mounted, and those that people guess. */
export const doors = [
  '/api/auth/sign-up/email',
  '/api/auth/admin/create-user',
  '/api/auth/admin/set-role',
  '/api/auth/update-user',
  '/api/auth/request-password-reset',
  '/api/auth/ok',
  '/auth/sign-up/email',
  '/auth/admin/create-user',
  '/auth/sign-up',
  '/auth/sign-up/',
  '/AUTH/SIGN-UP',
  '/auth//sign-up',
  '/auth/register',
  '/auth/users',
  '/auth/invitations',
  '/auth/accept-invitation',
  '/auth/password',
] as const;

/** What a stranger gets from each door, as `status path`, and the users that exist afterwards and did not before. */
export async function tryDoors(
  url: string,
  paths: readonly string[],
): Promise<{ answers: string[]; newcomers: string[] }> {
  const before = new Set(listUsers().map((user) => user.email));
  const answers: string[] = [];
  for (const path of paths) {
    const email = `${randomUUID()}@stranger.example`;
    const wish = { email, password, name: email, role: 'admin', token: randomUUID(), newPassword: password };
    for (const body of [wish, { email, password }, { token: wish.token, password }, { data: wish }]) {
      const response = await post(url + path, body);
      answers.push(`${response.status} ${path}`);
    }
  }
  const newcomers = listUsers().map((user) => user.email);
  return { answers, newcomers: newcomers.filter((email) => !before.has(email)) };
}
