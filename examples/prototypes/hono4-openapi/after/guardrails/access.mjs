// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
import { open } from './access-rules.mjs';

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
// prettier-ignore
export const access = {
  // address: who may call it
  'GET /': open('says the same to everybody'),
  'GET /api/books': 'user',
  'POST /api/books': 'user',
  'DELETE /api/books/:id': 'user',
  'GET /api/books/:id': 'user',
  'PUT /api/books/:id/lend': 'user',
  'GET /auth/me': 'user',
  'GET /docs/openapi.json': 'user',
  'GET /docs/ui': 'user',
  'GET /livez': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /readyz': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /sign-in': open('whoever signs in is a stranger until then'),
  'POST /sign-in': open('whoever signs in is a stranger until then'),
  'GET /sign-out': open('says who is signed in, or that nobody is'),
  'POST /sign-out': 'user',
};
