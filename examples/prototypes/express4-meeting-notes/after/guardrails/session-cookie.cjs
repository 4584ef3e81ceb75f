// Carries a session between browser and app: in a cookie that scripts cannot read and other sites cannot send, or as a bearer token.
'use strict';

const { config } = require('./config.cjs');

/** A session ends this many hours after signing in, used or not. */
const sessionHours = 12;

/** With __Host- browsers take it from this site alone; they want https for that, which one's own machine does not have. */
const names = { https: '__Host-guard-session', http: 'guard-session' };

/** The session that a request brings, in its cookie or else as a bearer token. */
function sessionToken(req) {
  return sessionCookie(req) ?? /^Bearer +([\w.~+/=%-]+)$/i.exec(req.headers.authorization ?? '')?.[1];
}

/** Whether a cookie is what the request brings as proof; a browser sends it unasked. */
function usesCookie(req) {
  return sessionCookie(req) !== undefined;
}

/** The cookie that hands over a session; without one it takes the old one away. */
function cookieFor(req, token) {
  const [name, secure] = mayBePlain(req) && !isEncrypted(req) ? [names.http, ''] : [names.https, '; Secure'];
  const age = token === undefined ? 0 : sessionHours * 3600;
  return `${name}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}

/** Whether the browser would throw the cookie away: the page was opened by plain http, where that is too little. */
function losesCookie(req) {
  return !mayBePlain(req) && req.headers.origin?.startsWith('http:') === true;
}

function sessionCookie(req) {
  const cookies = (req.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const accepted = mayBePlain(req) ? [names.https, names.http] : [names.https];
  const found = accepted.map((name) => cookies.find((cookie) => cookie.startsWith(`${name}=`)));
  return found.find((cookie) => cookie !== undefined)?.replace(/^[^=]*=/, '');
}

/** On one's own machine, and before the app is in production, http is enough. */
function mayBePlain({ headers }) {
  return config.NODE_ENV !== 'production' || /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(headers.host ?? '');
}

function isEncrypted({ headers, socket }) {
  return (
    'encrypted' in socket || headers['x-forwarded-proto'] === 'https' || headers.origin?.startsWith('https:') === true
  );
}

module.exports = { sessionHours, sessionToken, usesCookie, cookieFor, losesCookie };
