// Gets the public keys of the sign-in service that issues the tokens; without them nobody new is let in.
import type { JWTVerifyGetKey } from 'jose';
import { config } from './config.ts';

const timeout = 3000;
const pause = 5000;
const issuer = config.OIDC_ISSUER;

if (!isTrustworthy(issuer))
  throw new Error('OIDC_ISSUER must begin with https:// (on your own machine, loopback is enough)');

/** The sign-in service does not answer as it should. Nothing is known about the caller, so the answer is 503. */
export class IssuerUnavailable extends Error {
  readonly status = 503;
}

let keys: Promise<JWTVerifyGetKey> | undefined;

/** The keys, looked up when the first token arrives and kept up to date from then on. Throws IssuerUnavailable. */
export function issuerKeys(): Promise<JWTVerifyGetKey> {
  keys ??= discover().catch((cause: unknown) => {
    setTimeout(() => (keys = undefined), pause).unref();
    throw new IssuerUnavailable(`${issuer} does not answer as an OpenID issuer`, { cause });
  });
  return keys;
}

/** Reads where the keys are, from the place that every OpenID issuer has (OpenID Connect Discovery 1.0, section 4). */
async function discover(): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet } = await import('jose');
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(timeout), redirect: 'error' });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const metadata = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  const place = String(metadata.jwks_uri);
  if (metadata.issuer !== issuer || !isTrustworthy(place)) throw new Error(`${address} speaks for another issuer`);
  return createRemoteJWKSet(new URL(place), {
    timeoutDuration: timeout,
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
  });
}

function isTrustworthy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback && config.NODE_ENV !== 'production');
}
