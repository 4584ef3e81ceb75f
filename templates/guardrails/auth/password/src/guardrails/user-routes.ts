// Signing in, signing out and "who am I": these addresses, and those in sign-up.ts, are all there is of the sign-in service.
import { z } from 'zod';
import { fingerprint, forgetAttempts, spendAttempt } from './attempts.ts';
import { credentials } from './authenticate.ts';
import { currentUser, problem, type Answer, type Call } from './call.ts';
import { clientAddress } from './client-address.ts';
import { addRoute, type App } from './framework.ts';
import { auth } from './identity.ts';
import { readJson } from './json-body.ts';
import { securityEvent } from './log.ts';
import { fromOtherSite } from './same-site.ts';
import { signUpRoutes } from './sign-up.ts';

const signInBody = z.strictObject({ email: z.email().max(254).toLowerCase(), password: z.string().min(1).max(128) });

/** Adds the routes of the sign-in service to the app. */
export function userRoutes(app: App): void {
  addRoute(app, 'POST', '/auth/sign-in', signIn);
  addRoute(app, 'POST', '/auth/sign-out', signOut);
  addRoute(app, 'GET', '/auth/me', () => ({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: currentUser(),
  }));
  signUpRoutes(app);
}

async function signIn({ req }: Call): Promise<Answer> {
  if (fromOtherSite(req)) return problem(403, 'Another web site may not sign people in here');
  const body = await readJson(req, signInBody);
  if ('refusal' in body) return body.refusal;

  const { email } = body.value;
  const address = clientAddress(req);
  const limits = { [`${email} from ${address}`]: 5, [`account ${email}`]: 20, [`address ${address}`]: 50 };
  const who = { account: fingerprint(email), address };
  const wait = spendAttempt(limits);
  if (wait > 0) {
    securityEvent('sign-in limited', { ...who, wait });
    return { ...problem(429, 'Too many attempts; try again later'), headers: { 'retry-after': String(wait) } };
  }

  // The same answer after the same work, whether the address is unknown, the password wrong or the account closed.
  const response = await auth.api.signInEmail({ body: body.value, asResponse: true });
  if (!response.ok) {
    securityEvent('sign-in failed', who);
    return problem(401, 'Wrong e-mail address or password');
  }
  forgetAttempts(Object.keys(limits).slice(0, 2));
  const { user } = (await response.json()) as { user: { id: string } };
  securityEvent('sign-in', { ...who, userId: user.id });
  return withSession(200, response, { userId: user.id, token: response.headers.get('set-auth-token') });
}

async function signOut({ req }: Call): Promise<Answer> {
  const response = await auth.api.signOut({ headers: credentials(req) ?? new Headers(), asResponse: true });
  securityEvent('sign-out', { userId: currentUser().id });
  return withSession(200, response, { signedOut: true });
}

function withSession(status: number, response: Response, body: object): Answer {
  const cookie = response.headers.getSetCookie()[0] ?? '';
  return { status, body, headers: { 'set-cookie': cookie, 'cache-control': 'no-store' } };
}
