// Whoever holds an invitation chooses a password, and becomes a user or gets back in; without one nobody does.
import { beginSession } from './accounts.ts';
import { addresses } from './addresses.ts';
import { problem, type Answer, type Call } from './call.ts';
import { clientAddress } from './client-address.ts';
import { invitationPage } from './invitation-page.ts';
import { takeInvitation } from './invitations.ts';
import { securityEvent } from './log.ts';
import { addRoute } from './own-routes.ts';
import { fromOtherSite } from './same-site.ts';
import { cookieFor, losesCookie } from './session-cookie.ts';
import { isLongEnough } from './password-rule.ts';
import { readFields } from './sign-in-body.ts';
import { attemptInvitation } from './sign-in-limits.ts';
import { setUser } from './users.ts';

/** Adds the page that an invitation leads to, and the address that its form is sent to. */
export function invitationRoutes(): void {
  addRoute(`GET ${addresses.invitation}`, () => invitationPage());
  addRoute(`POST ${addresses.invitation}`, accept);
}

async function accept({ req }: Call): Promise<Answer> {
  if (fromOtherSite(req)) return problem(403, 'Another web site may not accept an invitation');
  const { token, password } = await readFields(req);
  if (typeof token !== 'string' || typeof password !== 'string') return problem(400, 'Send a token and a password');
  const refuse = (status: number, text: string): Answer => invitationPage({ status, text, token });
  if (losesCookie(req)) return refuse(400, 'Open this page by https:// to sign in.');
  if (!isLongEnough(password)) return refuse(400, 'A password has 12 to 128 characters.');
  const wait = attemptInvitation(req);
  if (wait > 0) return refuse(429, `Too many attempts; try again in ${wait} seconds.`);

  const invited = takeInvitation(token);
  if (!invited) {
    securityEvent('authn_login_fail', { address: clientAddress(req), invitation: 'refused' });
    return refuse(401, 'This invitation is not valid, was used already or is too old.');
  }
  await setUser(invited.email, invited.roles, password);
  const session = await beginSession(invited.email, password);
  const headers = {
    'cache-control': 'no-store',
    location: '/',
    ...(session && { 'set-cookie': cookieFor(req, session.token) }),
  };
  return { status: 303, headers };
}
