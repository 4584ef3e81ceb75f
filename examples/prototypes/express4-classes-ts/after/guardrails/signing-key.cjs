// The key that sessions are signed with: AUTH_SECRET, or for a laptop one that is forgotten when the app stops.
'use strict';

const { randomBytes } = require('node:crypto');
const { config } = require('./config.cjs');
const { log } = require('./log.cjs');

if (config.AUTH_SECRET === '') {
  if (config.NODE_ENV === 'production')
    throw new Error('AUTH_SECRET is missing: 32 random characters that sign sessions');
  log.warn('AUTH_SECRET is not set: everybody has to sign in again when the app restarts');
}

/** Whoever knows it can be anybody. */
const signingKey = config.AUTH_SECRET || randomBytes(32).toString('base64url');

module.exports = { signingKey };
