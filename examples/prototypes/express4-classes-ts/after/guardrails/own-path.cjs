// Says where a browser may be sent after signing in: to an address of this app, and never elsewhere.
'use strict';

const { addresses } = require('./addresses.cjs');

const here = 'http://this-app.invalid';

/** The path, as browsers understand it; `/` for an address elsewhere, for one that is too long, and for signing in itself. */
function ownPath(next) {
  if (typeof next !== 'string' || !next.startsWith('/') || next.length > 1500 || !URL.canParse(next, here)) return '/';
  const { origin, pathname, search, hash } = new URL(next, here);
  const isOurs = [addresses.signIn, addresses.signOut].some((each) => `${pathname}/`.startsWith(`${each}/`));
  return origin === here && !pathname.startsWith('//') && !isOurs ? `${pathname}${search}${hash}` : '/';
}

module.exports = { ownPath };
