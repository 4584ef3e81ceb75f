// Finds out who is calling, from the session that signing in has begun; whoever cannot prove it is a stranger.
'use strict';

const { userWith } = require('./accounts.cjs');
const { addresses } = require('./addresses.cjs');
const { sessionToken } = require('./session-cookie.cjs');

const { usesCookie } = require('./session-cookie.cjs');

/** The signed-in user of a request, or undefined for a stranger. */
async function authenticate(req) {
  const token = sessionToken(req);
  return token === undefined ? undefined : userWith(token);
}

/** Where a stranger who asks for a page can sign in. */
function signInPage(next) {
  return addresses.page === '' ? undefined : `${addresses.page}?next=${encodeURIComponent(next)}`;
}

module.exports = { usesCookie, authenticate, signInPage };
