// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
import { open } from './access-rules.mjs';

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
// prettier-ignore
export const access = {
  // address: who may call it
  'OPTIONS *': 'user',
  'GET /api/stats': 'user',
  'GET /api/todos': 'user',
  'POST /api/todos': 'user',
  'DELETE /api/todos/:id': 'user',
  'GET /api/todos/:id': 'user',
  'PATCH /api/todos/:id': 'user',
  'PUT /api/todos/:id': 'user',
  'GET /auth/me': 'user',
  'GET /health': open('says whether the app is well'),
  'GET /livez': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /readyz': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /sign-in': open('whoever signs in is a stranger until then'),
  'POST /sign-in': open('whoever signs in is a stranger until then'),
  'GET /sign-out': open('says who is signed in, or that nobody is'),
  'POST /sign-out': 'user',
};
