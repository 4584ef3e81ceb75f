// Signing in and out: guessing is slow, other web sites cannot do it for somebody, and nobody learns which addresses are known.
'use strict';

const { beginSession, endSession } = require('./accounts.cjs');
const { addresses } = require('./addresses.cjs');
const { tooMany } = require('./attempts.cjs');
const { authenticate } = require('./authenticate.cjs');
const { currentUser, problem } = require('./call.cjs');
const { clientAddress } = require('./client-address.cjs');
const { securityEvent } = require('./log.cjs');
const { ownPath } = require('./own-path.cjs');
const { addRoute } = require('./own-routes.cjs');
const { fromOtherSite } = require('./same-site.cjs');
const { cookieFor, losesCookie, sessionToken } = require('./session-cookie.cjs');
const { isForm, readSignIn } = require('./sign-in-body.cjs');
const { attemptSignIn, signInSucceeded } = require('./sign-in-limits.cjs');
const { signedInPage, signedOutPage, signInPageAnswer } = require('./sign-in-page.cjs');

/** Adds the addresses of the sign-in service. */
function userRoutes() {
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

module.exports = { userRoutes };
