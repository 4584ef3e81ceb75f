// Writes and reads what keeps people signed in: who, until when, and a signature that nobody else can make.
'use strict';

const { createHmac, randomBytes, timingSafeEqual } = require('node:crypto');
const { sessionHours } = require('./session-cookie.cjs');
const { signingKey } = require('./signing-key.cjs');

/** Sessions that were ended before their time, to when they would have ended. */
const ended = new Map();

/** A session of somebody, as a text that can be handed out. */
function writeSession(email, mark, now = Date.now()) {
  const ends = Math.floor(now / 1000) + sessionHours * 3600;
  const session = { email, mark, ends, id: randomBytes(9).toString('base64url') };
  const text = Buffer.from(JSON.stringify(session)).toString('base64url');
  return `${text}.${signatureOf(text)}`;
}

/** The session in a text, if we have written it and it has not ended. */
function readSession(token, now = Date.now()) {
  const [text = '', signature = '', more] = token.split('.');
  const right = Buffer.from(signatureOf(text));
  const given = Buffer.from(signature);
  if (more !== undefined || given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const session = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  return session.ends * 1000 > now && !ended.has(token) ? session : undefined;
}

/** Ends a session, until this program stops; a new password or another AUTH_SECRET ends sessions for good. */
function forgetSession(token, now = Date.now()) {
  const session = readSession(token, now);
  for (const [each, ends] of ended) if (ends * 1000 <= now) ended.delete(each);
  if (session) ended.set(token, session.ends);
}

function signatureOf(text) {
  return createHmac('sha256', signingKey).update(`session ${text}`).digest('base64url');
}

module.exports = { writeSession, readSession, forgetSession };
