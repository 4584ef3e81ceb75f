// Only somebody with an invitation becomes a user, and only an admin can invite.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post, signIn, signInAs } from '../identity.ts';
import { accept, password, tokenOf } from '../invitations.ts';
import { startApp } from '../support.ts';
import { doors, tryDoors } from '../strangers.ts';

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.stop());

const inviteAs = async (role: string, body: unknown): Promise<Response> =>
  post(`${app.url}/auth/invitations`, body, (await signInAs(app.url, role)).headers);

test('an uninvited stranger cannot become a user', async () => {
  const { answers, newcomers } = await tryDoors(app.url, doors);
  expect(newcomers).toEqual([]);
  expect(answers.filter((answer) => !/^(40[14]|400|429) /.test(answer))).toEqual([]);
  expect(answers.filter((answer) => /^(400|429) /.test(answer) && !answer.endsWith('accept-invitation'))).toEqual([]);
});

test('an admin invites, the invited person chooses a password and signs in with the role that was given', async () => {
  const invitation = await inviteAs('admin', { email: 'New@Example.com', role: 'auditor' });
  expect(invitation.status).toBe(201);
  const { link, email } = (await invitation.json()) as { link: string; email: string };
  const accepted = await accept(app.url, tokenOf(link));
  expect(accepted.status).toBe(201);

  const { token } = await signIn(app.url, { email, password, userId: '' });
  const me = await fetch(`${app.url}/auth/me`, { headers: { authorization: `Bearer ${token}` } });
  expect(await me.json()).toMatchObject({ email: 'new@example.com', roles: ['auditor'] });
});

test('an ordinary user cannot invite, and nobody can invite nonsense', async () => {
  expect((await inviteAs('user', { email: 'x@example.com' })).status).toBe(403);
  expect((await inviteAs('admin', { email: 'not an address' })).status).toBe(400);
  expect((await inviteAs('admin', { email: 'x@example.com', role: 'admin,user' })).status).toBe(400);
});
