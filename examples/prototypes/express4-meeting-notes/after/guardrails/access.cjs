// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
'use strict';

const { open } = require('./access-rules.cjs');

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
// prettier-ignore
const access = {
  // address: who may call it
  'USE /': 'user',
  'GET /api/admin/export': open('its own check stands at server.js:114'),
  'GET /api/health': open('says whether the app is well'),
  'GET /api/meetings': 'user',
  'POST /api/meetings': 'user',
  'DELETE /api/meetings/:id': 'user',
  'GET /api/meetings/:id': 'user',
  'POST /api/meetings/:id/summary': 'user',
  'GET /auth/me': 'user',
  'POST /guardrails/openai/v1/chat/completions': 'user',
  'GET /livez': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /readyz': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /sign-in': open('whoever signs in is a stranger until then'),
  'POST /sign-in': open('whoever signs in is a stranger until then'),
  'GET /sign-out': open('says who is signed in, or that nobody is'),
  'POST /sign-out': 'user',
  'USE /vendor/react': open('files of its pages'),
  'USE /vendor/react-dom': open('files of its pages'),
};

module.exports = { access };
