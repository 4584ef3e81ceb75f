// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
'use strict';

const { open } = require('./access-rules.cjs');

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
// prettier-ignore
const access = {
  // address: who may call it
  'GET /': 'user',
  'GET /auth/me': 'user',
  'GET /livez': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /orders': 'user',
  'POST /orders': 'user',
  'DELETE /orders/:id': 'user',
  'GET /orders/:id': 'user',
  'PUT /orders/:id': 'user',
  'GET /orders/customer/:name/open': 'user',
  'GET /readyz': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /sign-in': open('whoever signs in is a stranger until then'),
  'POST /sign-in': open('whoever signs in is a stranger until then'),
  'GET /sign-out': open('says who is signed in, or that nobody is'),
  'POST /sign-out': 'user',
};

module.exports = { access };
