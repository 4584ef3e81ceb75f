// Signing in: guessing is slow, other web sites cannot do it for somebody, and nobody learns which addresses are known.
import { z } from 'zod';
import { fingerprint, forgetAttempts, refundAttempt, spendAttempt, tooMany } from './attempts.ts';
import { problem, type Answer, type Call } from './call.ts';
import { clientAddress, subscriberOf } from './client-address.ts';
import { auth } from './identity.ts';
import { readJson } from './json-body.ts';
import { securityEvent } from './log.ts';
import { fromOtherSite } from './same-site.ts';

const signInBody = z.strictObject({ email: z.email().max(254).toLowerCase(), password: z.string().min(1).max(128) });

/** Answers `POST /auth/sign-in` with a session cookie for browsers and the same session as a bearer token for programs. */
export async function signIn({ req }: Call): Promise<Answer> {
  if (fromOtherSite(req)) return problem(403, 'Another web site may not sign people in here');
  const body = await readJson(req, signInBody);
  if ('refusal' in body) return body.refusal;

  const { email } = body.value;
  const address = clientAddress(req);
  const who = { account: fingerprint(email), address };
  const network = `network ${subscriberOf(address)}`;
  const [pair, account] = [`${email} from ${network}`, `account ${email}`];
  const wait = spendAttempt({ [pair]: 5, [account]: 20, [network]: 50 });
  if (wait > 0) {
    securityEvent('authn_login_fail_max', { ...who, wait });
    return tooMany(wait);
  }

  // The same answer after the same work, whether the address is unknown, the password wrong or the account closed.
  const response = await auth.api.signInEmail({ body: body.value, asResponse: true });
  if (!response.ok) {
    securityEvent('authn_login_fail', who);
    return problem(401, 'Wrong e-mail address or password');
  }
  forgetAttempts(pair, account);
  refundAttempt(network);
  const { user } = (await response.json()) as { user: { id: string } };
  securityEvent('authn_login_success', { ...who, user_id: user.id });
  return withSession(response, { userId: user.id, token: response.headers.get('set-auth-token') });
}

/** An answer that hands over the session cookie of better-auth's response. */
export function withSession(response: Response, body: object): Answer {
  const cookie = response.headers.getSetCookie()[0] ?? '';
  return { status: 200, body, headers: { 'set-cookie': cookie, 'cache-control': 'no-store' } };
}
