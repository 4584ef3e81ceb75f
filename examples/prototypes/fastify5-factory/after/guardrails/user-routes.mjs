// Signing in and out: guessing is slow, other web sites cannot do it for somebody, and nobody learns which addresses are known.
import { beginSession, endSession } from './accounts.mjs';
import { addresses } from './addresses.mjs';
import { tooMany } from './attempts.mjs';
import { authenticate } from './authenticate.mjs';
import { currentUser, problem } from './call.mjs';
import { clientAddress } from './client-address.mjs';
import { securityEvent } from './log.mjs';
import { ownPath } from './own-path.mjs';
import { addRoute } from './own-routes.mjs';
import { fromOtherSite } from './same-site.mjs';
import { cookieFor, losesCookie, sessionToken } from './session-cookie.mjs';
import { isForm, readSignIn } from './sign-in-body.mjs';
import { attemptSignIn, signInSucceeded } from './sign-in-limits.mjs';
import { signedInPage, signedOutPage, signInPageAnswer } from './sign-in-page.mjs';

/** Adds the addresses of the sign-in service. */
export function userRoutes() {
  addRoute(`GET ${addresses.signIn}`, showSignIn);
  addRoute(`POST ${addresses.signIn}`, signIn);
  addRoute(`GET ${addresses.signOut}`, showSignOut);
  addRoute(`POST ${addresses.signOut}`, signOut);
  addRoute(`GET ${addresses.me}`, () => ({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: currentUser(),
  }));
}

async function showSignIn({ req }) {
  const next = ownPath(new URLSearchParams(req.url?.split('?')[1]).get('next'));
  const user = await authenticate(req).catch(() => undefined);
  return user ? signedInPage(user, next) : signInPageAnswer(next);
}

async function showSignOut({ req }) {
  const user = await authenticate(req).catch(() => undefined);
  return user ? signedInPage(user, '/') : signedOutPage();
}

/** A form gets a page back; a program gets JSON, with the session as a bearer token. */
async function signIn({ req }) {
  if (fromOtherSite(req)) return problem(403, 'Another web site may not sign people in here');
  const body = await readSignIn(req);
  if (!body) return problem(400, 'Send an e-mail address and a password');
  const refuse = (status, text) =>
    isForm(req) ? signInPageAnswer(body.next, { status, text: `${text}.`, email: body.email }) : problem(status, text);
  if (losesCookie(req)) return refuse(400, 'Open this page by https:// to sign in');

  const wait = attemptSignIn(req, body.email);
  if (wait > 0) {
    securityEvent('authn_login_fail_max', { address: clientAddress(req), wait });
    return isForm(req) ? refuse(429, `Too many attempts; try again in ${wait} seconds`) : tooMany(wait);
  }
  // The same answer after the same work, whether the address is unknown or the password wrong.
  const session = await beginSession(body.email, body.password);
  if (!session) {
    securityEvent('authn_login_fail', { address: clientAddress(req) });
    return refuse(401, 'Wrong e-mail address or password');
  }
  signInSucceeded(req, body.email);
  securityEvent('authn_login_success', { user_id: session.userId });
  const headers = { 'set-cookie': cookieFor(req, session.token), 'cache-control': 'no-store' };
  if (!isForm(req)) return { status: 200, body: session, headers };
  return { status: 303, headers: { ...headers, location: body.next } };
}

/** The session ends here as well, not only in the browser. */
async function signOut({ req }) {
  await endSession(sessionToken(req) ?? '');
  securityEvent('authn_token_revoked', { user_id: currentUser().id });
  const headers = { 'set-cookie': cookieFor(req), 'cache-control': 'no-store' };
  if (!isForm(req)) return { status: 200, body: { signedOut: true }, headers };
  return { status: 303, headers: { ...headers, location: addresses.signOut } };
}
