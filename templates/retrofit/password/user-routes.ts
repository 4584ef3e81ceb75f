// The whole sign-in service: these four addresses are all there is of it.
import type { IncomingMessage } from 'node:http';
import { forgetAttempts, spendAttempt, tooMany } from './attempts.ts';
import { currentUser, problem, type Answer, type Call } from './call.ts';
import { clientAddress, subscriberOf } from './client-address.ts';
import { securityEvent } from './log.ts';
import { addRoute } from './own-routes.ts';
import { findPerson, knowsPassword } from './people.ts';
import { fromOtherSite } from './same-site.ts';
import { beginSession, cookieFor } from './session.ts';
import { isForm, ownPath, readSignIn, type SignInBody } from './sign-in-body.ts';
import { signInPageAnswer } from './sign-in-page.ts';

/** Adds the addresses of the sign-in service. */
export function userRoutes(): void {
  addRoute('GET /sign-in', ({ req }) =>
    signInPageAnswer(ownPath(new URLSearchParams(req.url?.split('?')[1]).get('next'))),
  );
  addRoute('POST /sign-in', signIn);
  addRoute('POST /sign-out', signOut);
  addRoute('GET /auth/me', () => ({ status: 200, headers: { 'cache-control': 'no-store' }, body: currentUser() }));
}

/** A form gets a page back; a program gets JSON, with the session as a bearer token. */
async function signIn({ req }: Call): Promise<Answer> {
  if (fromOtherSite(req)) return problem(403, 'Another web site may not sign people in here');
  const body = await readSignIn(req);
  if (!body) return problem(400, 'Send an e-mail address and a password');
  const wait = spendAttempt(limitsFor(req, body));
  if (wait > 0) {
    securityEvent('authn_login_fail_max', { address: clientAddress(req), wait });
    return isForm(req) ? refusedOnPage(body, 429, `Too many attempts. Try again in ${wait} seconds.`) : tooMany(wait);
  }
  // The same answer after the same work, whether the address is unknown or the password wrong.
  const person = findPerson(body.email);
  if (!(await knowsPassword(person, body.password)) || !person) {
    securityEvent('authn_login_fail', { address: clientAddress(req) });
    return isForm(req)
      ? refusedOnPage(body, 401, 'Wrong e-mail address or password.')
      : problem(401, 'Wrong e-mail address or password');
  }
  forgetAttempts(...Object.keys(limitsFor(req, body)));
  securityEvent('authn_login_success', { user_id: person.email });
  const token = beginSession(person.email, person.mark);
  const headers = { 'set-cookie': cookieFor(req, token), 'cache-control': 'no-store' };
  if (!isForm(req)) return { status: 200, body: { userId: person.email, token }, headers };
  return { status: 303, headers: { ...headers, location: body.next } };
}

function signOut({ req }: Call): Answer {
  const headers = { 'set-cookie': cookieFor(req), 'cache-control': 'no-store' };
  if (!isForm(req)) return { status: 200, body: { signedOut: true }, headers };
  return { status: 303, headers: { ...headers, location: '/sign-in' } };
}

function refusedOnPage({ next }: SignInBody, status: number, text: string): Answer {
  return signInPageAnswer(next, { status, text });
}

/** Name to the number of attempts that are free. */
function limitsFor(req: IncomingMessage, { email }: SignInBody): Record<string, number> {
  const network = `network ${subscriberOf(clientAddress(req))}`;
  const account = email.toLowerCase();
  return { [`${account} from ${network}`]: 5, [`account ${account}`]: 20, [network]: 50 };
}
