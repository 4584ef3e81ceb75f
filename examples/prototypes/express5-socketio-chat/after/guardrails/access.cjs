// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
'use strict';

const { open } = require('./access-rules.cjs');

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
// prettier-ignore
const access = {
  // address: who may call it
  'GET  /^(?!\\/api).*/': 'user',
  'GET /': 'user',
  'USE /': 'user',
  'POST /api/auth/login': open('signs people in'),
  'POST /api/auth/register': open('lets people open an account'),
  'GET /api/me': open('its own check stands at middleware/auth.js:6'),
  'GET /api/rooms': 'user',
  'POST /api/rooms': open('its own check stands at middleware/auth.js:6'),
  'GET /api/rooms/:id/messages': 'user',
  'GET /api/users': 'user',
  'DELETE /api/users/:id': 'user',
  'GET /auth/me': 'user',
  'GET /chat.js': 'user',
  'GET /index.html': 'user',
  'GET /livez': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /readyz': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /sign-in': open('whoever signs in is a stranger until then'),
  'POST /sign-in': open('whoever signs in is a stranger until then'),
  'GET /sign-out': open('says who is signed in, or that nobody is'),
  'POST /sign-out': 'user',
  'UPGRADE /socket.io': 'user',
  'USE /socket.io': 'user',
};

module.exports = { access };
