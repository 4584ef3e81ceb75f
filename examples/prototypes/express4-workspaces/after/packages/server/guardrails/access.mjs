// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
import { open } from './access-rules.mjs';

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
// prettier-ignore
export const access = {
  // address: who may call it
  'GET *': 'user',
  'USE /': 'user',
  'GET /api/items': 'user',
  'GET /api/items/:sku': 'user',
  'PUT /api/items/:sku/stock': 'user',
  'POST /api/orders': 'user',
  'GET /api/status': open('the screen in the warehouse shows it'),
  'GET /auth/me': 'user',
  'GET /livez': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /readyz': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /sign-in': open('whoever signs in is a stranger until then'),
  'POST /sign-in': open('whoever signs in is a stranger until then'),
  'GET /sign-out': open('says who is signed in, or that nobody is'),
  'POST /sign-out': 'user',
};
