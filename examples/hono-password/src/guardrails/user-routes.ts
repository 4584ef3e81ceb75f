// The whole sign-in service: these addresses, and those that sign-up.ts adds, are all there is of it.
import { z } from 'zod';
import { forgetAttempts, spendAttempt, tooMany } from './attempts.ts';
import { credentials } from './authenticate.ts';
import { currentUser, problem, type Answer, type Call } from './call.ts';
import { addRoute, type App } from './framework.ts';
import { auth } from './identity.ts';
import { readJson } from './json-body.ts';
import { securityEvent } from './log.ts';
import { signIn, withSession } from './sign-in.ts';
import { signUpRoutes } from './sign-up.ts';
import { passwordRule } from './users.ts';

const passwordBody = z.strictObject({ currentPassword: z.string().max(128), newPassword: passwordRule });

/** Adds the routes of the sign-in service to the app. */
export function userRoutes(app: App): void {
  addRoute(app, 'POST', '/auth/sign-in', signIn);
  addRoute(app, 'POST', '/auth/sign-out', signOut);
  addRoute(app, 'POST', '/auth/password', changeOwnPassword);
  addRoute(app, 'GET', '/auth/me', me);
  signUpRoutes(app);
}

function me(): Answer {
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: currentUser() };
}

async function signOut({ req }: Call): Promise<Answer> {
  const response = await auth.api.signOut({ headers: credentials(req) ?? new Headers(), asResponse: true });
  securityEvent('authn_token_revoked', { user_id: currentUser().id });
  return withSession(response, { signedOut: true });
}

/** Ends every session of the user and begins a new one. */
async function changeOwnPassword({ req }: Call): Promise<Answer> {
  const { id } = currentUser();
  const body = await readJson(req, passwordBody);
  if ('refusal' in body) return body.refusal;
  const wait = spendAttempt({ [`password of ${id}`]: 5 });
  if (wait > 0) {
    securityEvent('authn_login_fail_max', { user_id: id, wait });
    return tooMany(wait);
  }

  const headers = credentials(req) ?? new Headers();
  const change = { ...body.value, revokeOtherSessions: true };
  const response = await auth.api.changePassword({ body: change, headers, asResponse: true });
  if (!response.ok) {
    securityEvent('authn_password_change_fail', { user_id: id });
    return problem(403, 'That is not the current password');
  }
  forgetAttempts(`password of ${id}`);
  securityEvent('authn_password_change', { user_id: id });
  return withSession(response, { userId: id, token: response.headers.get('set-auth-token') });
}
