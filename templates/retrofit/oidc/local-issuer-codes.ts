// The codes that the sign-in service of this machine gives out: each counts once, for a minute, and only for the app that asked for it (PKCE).
import { createHash, randomBytes } from 'node:crypto';
import type { LocalPerson } from './local-issuer-tokens.ts';

/** What an app has asked for, and who a developer wanted to be. */
export interface Grant {
  readonly asked: URLSearchParams;
  readonly person: LocalPerson;
}

const grants = new Map<string, Grant & { readonly until: number }>();

/** Throws unless an app on this machine asks, with PKCE. */
export function checkRequest(asked: URLSearchParams): void {
  loopback(asked.get('redirect_uri'));
  if (!asked.get('client_id')) throw new Error('client_id is missing');
  if (asked.get('response_type') !== 'code') throw new Error('response_type must be code');
  if (asked.get('code_challenge_method') !== 'S256' || !asked.get('code_challenge'))
    throw new Error('code_challenge is missing (PKCE with S256)');
}

/** Where a browser goes back to, with a code for its app. */
export function addressWithCode(grant: Grant, issuer: string): string {
  checkRequest(grant.asked);
  const code = randomBytes(24).toString('base64url');
  grants.set(code, { ...grant, until: Date.now() + 60_000 });
  const back = new URL(loopback(grant.asked.get('redirect_uri')));
  const state = grant.asked.get('state');
  for (const [name, value] of Object.entries({ code, iss: issuer, ...(state !== null && { state }) }))
    back.searchParams.set(name, value);
  return back.href;
}

/** What a code stands for; undefined when it is unknown, over, used, or brought by another app. */
export function redeem(form: URLSearchParams): Grant | undefined {
  const code = form.get('code') ?? '';
  const grant = grants.get(code);
  grants.delete(code);
  if (!grant || grant.until < Date.now() || form.get('grant_type') !== 'authorization_code') return undefined;
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const isSameApp = form.get('redirect_uri') === grant.asked.get('redirect_uri');
  return isSameApp && challenge === grant.asked.get('code_challenge') ? grant : undefined;
}

/** An address on this machine, as it was given; throws for any other. */
export function loopback(address: string | null): string {
  const isHere = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/.test(address ?? '');
  if (address === null || !isHere || !URL.canParse(address)) throw new Error('only apps on this machine may ask');
  return address;
}
