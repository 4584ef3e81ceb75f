// Lists every setting of the guards: how it is read and what it is for. The app does not start while one is wrong.
'use strict';

const { inOwnTests, oneOf, optional, required, secret, setting, text, whole } = require('./setting.cjs');

/** A `setting` may have a default, a `secret` is given from outside. One line each, sorted; `.env.example` names the same. */
// prettier-ignore
const settings = {
  AUTH_MODE: setting(inOwnTests('report', oneOf('enforce', 'report')), 'report refuses nobody, and logs whom it would have refused'),
  AUTH_SECRET: secret(optional(32), 'signs sessions; at least 32 random characters'),
  AUTH_USERS: secret(text(''), 'who may sign in; written by guardrails/add-user'),
  BODY_LIMIT: setting(whole(25_000_000, 1000, 10_000_000_000), 'bytes that one request may send'),
  CORS_ORIGINS: setting(text(''), 'web pages elsewhere that may call this app, comma between'),
  JWT_SECRET: secret(required(), 'secret that signs sign-in tokens; it stood in middleware/auth.js'),
  LOG_LEVEL: setting(oneOf('info', 'debug', 'warn', 'error', 'silent'), 'how much the guards log'),
  NODE_ENV: setting(text('development'), 'what this run is for, such as production'),
  RATE_LIMIT: setting(whole(1000, 1, 1_000_000), 'requests per minute that one address may send'),
  TRUST_PROXY: setting(whole(0, 0, 5), 'how many proxies stand before this app'),
};

module.exports = { settings };
