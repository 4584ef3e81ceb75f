// Sends a browser to the sign-in service, and gives it what it must bring back: so nobody can sign in with the answer to somebody else.
import { publicAddress } from './address.ts';
import { addresses } from './addresses.ts';
import type { Answer, Call } from './call.ts';
import { cookieFor } from './cookies.ts';
import { log } from './log.ts';
import { ownPath } from './own-path.ts';
import { seal } from './sealed.ts';
import { signInClient } from './sign-in-client.ts';

const seconds = 600; // that somebody may take to sign in
let isTold = false;

/** The answer to `GET /sign-in?next=/where/to`: the code flow of OpenID Connect begins, with state, nonce and PKCE. */
export async function beginSignIn({ req }: Call): Promise<Answer> {
  const { library, client } = await signInClient();
  const state = library.randomState();
  const nonce = library.randomNonce();
  const verifier = library.randomPKCECodeVerifier();
  const callback = `${publicAddress(req)}${addresses.signIn}/callback`;
  const address = library.buildAuthorizationUrl(client, {
    redirect_uri: callback,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await library.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  tell(callback);
  const next = ownPath(new URLSearchParams(req.url?.split('?')[1]).get('next'));
  const cookie = cookieFor(
    req,
    'guard-sign-in',
    await seal('sign-in', { state, nonce, verifier, next }, seconds),
    seconds,
  );
  return { status: 302, headers: { location: address.href, 'set-cookie': cookie, 'cache-control': 'no-store' } };
}

/** The most frequent mistake is an address that the sign-in service does not know; the log says which one it needs. */
function tell(callback: string): void {
  if (isTold) return;
  isTold = true;
  log.info({ callback }, 'the sign-in service must know this address (redirect URI); if it is wrong, set PUBLIC_URL');
}
