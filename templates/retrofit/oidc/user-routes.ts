// The addresses of signing in and out. Passwords are typed at the sign-in service of the company, and are never seen here.
import type { IncomingMessage } from 'node:http';
import { publicAddress } from './address.ts';
import { addresses } from './addresses.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { currentUser, type Answer, type Call } from './call.ts';
import { config } from './config.ts';
import { noCookie } from './cookies.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { IssuerUnavailable } from './issuer.ts';
import { log } from './log.ts';
import { addRoute } from './own-routes.ts';
import { sessionUser } from './session.ts';
import { signInClient } from './sign-in-client.ts';
import { signOutPage, unavailablePage } from './sign-in-pages.ts';

/** Adds the addresses of signing in; without OIDC_CLIENT_ID only programs with a token get in. */
export function userRoutes(): void {
  addRoute(`GET ${addresses.me}`, () => ({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: currentUser(),
  }));
  if (config.OIDC_CLIENT_ID === '')
    return log.warn('OIDC_CLIENT_ID is not set: nobody can sign in on a page, only programs with a token get in');
  addRoute(`GET ${addresses.signIn}`, (call) => beginSignIn(call).catch(toPage));
  addRoute(`GET ${addresses.signIn}/callback`, (call) => finishSignIn(call).catch(toPage));
  addRoute(`GET ${addresses.signOut}`, async ({ req }) => {
    const user = await sessionUser(req);
    return signOutPage(user && (user.email ?? user.id));
  });
  addRoute(`POST ${addresses.signOut}`, signOut);
}

/** A form goes on to sign out at the sign-in service too, where it can do that; a program is told where. */
async function signOut({ req }: Call): Promise<Answer> {
  const headers = { 'set-cookie': noCookie(req, 'guard-session'), 'cache-control': 'no-store' };
  const next = await endSessionAddress(req);
  if (!isForm(req)) return { status: 200, body: { signedOut: true, next }, headers };
  return { status: 303, headers: { ...headers, location: next } };
}

/** Whatever the sign-in service does, the session here has ended. */
async function endSessionAddress(req: IncomingMessage): Promise<string> {
  const after = addresses.signOut;
  try {
    const { library, client } = await signInClient();
    if (client.serverMetadata().end_session_endpoint === undefined) return after;
    return library.buildEndSessionUrl(client, { post_logout_redirect_uri: publicAddress(req) + after }).href;
  } catch {
    return after;
  }
}

function isForm({ headers }: IncomingMessage): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
}

function toPage(error: unknown): Answer {
  if (!(error instanceof IssuerUnavailable)) throw error;
  log.error({ err: error }, 'nobody can sign in now');
  return unavailablePage();
}
