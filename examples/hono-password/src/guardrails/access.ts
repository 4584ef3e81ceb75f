// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
import { anyOf, open, type AccessTable } from './access-rules.ts';

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
export const access = {
  // address: who may call it
  'GET /auth/accept-invitation': open('shows the page on which an invitation is accepted'),
  'POST /auth/accept-invitation': open('the invitation itself is the proof'),
  'POST /auth/invitations': anyOf('admin'),
  'GET /auth/me': 'user',
  'POST /auth/password': 'user',
  'POST /auth/sign-in': open('whoever signs in is a stranger until then'),
  'POST /auth/sign-out': 'user',
  'GET /expenses': 'user',
  'POST /expenses': 'user',
  'GET /expenses/:id': 'user',
  'GET /expenses/:id/in/:currency': 'user',
  'GET /livez': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /readyz': open('asked for by whatever runs the app; says nothing but ok'),
  'GET /reports/total': anyOf('admin'),
} as const satisfies AccessTable;
