// Takes a browser back from the sign-in service: its session begins only with proof that this very browser was sent there.
import { publicAddress } from './address.ts';
import type { Answer, Call } from './call.ts';
import { cookieOf, noCookie } from './cookies.ts';
import { securityEvent } from './log.ts';
import { ownPath } from './own-path.ts';
import { isWelcome, personOf } from './person.ts';
import { unseal } from './sealed.ts';
import { sessionCookie, sessionUser } from './session.ts';
import { signInClient } from './sign-in-client.ts';
import { refusalPage, startAgainPage, unwelcomePage } from './sign-in-pages.ts';

/** The answer to `GET /sign-in/callback`. */
export async function finishSignIn(call: Call): Promise<Answer> {
  const { req, res } = call;
  const address = new URL(req.url ?? '/', publicAddress(req));
  const { state, nonce, verifier, next } = (await unseal('sign-in', cookieOf(req, 'guard-sign-in'))) ?? {};
  if (typeof state !== 'string' || state !== address.searchParams.get('state')) return strayAnswer(call);

  res.appendHeader('set-cookie', noCookie(req, 'guard-sign-in'));
  const service = await signInClient();
  const checks = { expectedState: state, expectedNonce: String(nonce), pkceCodeVerifier: String(verifier) };
  try {
    const tokens = await service.library.authorizationCodeGrant(service.client, address, checks);
    const user = await personOf(tokens, service);
    if (!isWelcome(user)) {
      securityEvent('authn_login_fail', { user_id: user.id, reason: 'not of OIDC_EMAIL_DOMAINS' });
      return unwelcomePage();
    }
    res.appendHeader('set-cookie', await sessionCookie(req, user));
    securityEvent('authn_login_success', { user_id: user.id });
    return sentTo(ownPath(next));
  } catch (error) {
    const { code, error: reason = code, error_description, message } = Object(error) as Record<string, unknown>;
    securityEvent('authn_login_fail', { reason, detail: error_description ?? message });
    return refusalPage(String(reason), code);
  }
}

/** Nobody here has begun this. A second tab that comes too late is signed in already; anybody else begins anew. */
async function strayAnswer({ req }: Call): Promise<Answer> {
  if (await sessionUser(req)) return sentTo('/');
  securityEvent('authn_login_fail', { reason: 'nobody here has begun to sign in, or too long ago' });
  return startAgainPage();
}

function sentTo(path: string): Answer {
  return { status: 303, headers: { location: path, 'cache-control': 'no-store' } };
}
