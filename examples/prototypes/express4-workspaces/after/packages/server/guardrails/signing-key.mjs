// The key that sessions are signed with: AUTH_SECRET, or for a laptop one that is forgotten when the app stops.
import { randomBytes } from 'node:crypto';
import { config } from './config.mjs';
import { log } from './log.mjs';

if (config.AUTH_SECRET === '') {
  if (config.NODE_ENV === 'production')
    throw new Error('AUTH_SECRET is missing: 32 random characters that sign sessions');
  log.warn('AUTH_SECRET is not set: everybody has to sign in again when the app restarts');
}

/** Whoever knows it can be anybody. */
export const signingKey = config.AUTH_SECRET || randomBytes(32).toString('base64url');
