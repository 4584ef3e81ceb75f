// Knows the sign-in service: where people sign in there, and the public keys that prove what it has issued.
import type { JWTVerifyGetKey } from 'jose';
import type { ServerMetadata } from 'openid-client';
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

/** What the sign-in service says about itself, and its keys, kept up to date. */
export interface Issuer {
  readonly metadata: ServerMetadata;
  readonly keys: JWTVerifyGetKey;
}

let known: Promise<Issuer> | undefined;

/** The sign-in service, asked when it is first needed: an app starts without it. Throws IssuerUnavailable. */
export function knownIssuer(): Promise<Issuer> {
  known ??= discover().catch((cause: unknown) => {
    setTimeout(() => (known = undefined), pause).unref();
    throw new IssuerUnavailable(`${issuer} does not answer as an OpenID issuer`, { cause });
  });
  return known;
}

/** Reads about it at the place that every OpenID issuer has (OpenID Connect Discovery 1.0, section 4). */
async function discover(): Promise<Issuer> {
  const { createRemoteJWKSet } = await import('jose');
  const address = `${withoutSlash(issuer)}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(timeout), redirect: 'error' });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const metadata = (await response.json()) as ServerMetadata;
  const place = String(metadata.jwks_uri);
  if (withoutSlash(String(metadata.issuer)) !== withoutSlash(issuer) || !isTrustworthy(place))
    throw new Error(`${address} speaks for another issuer`);
  const rules = { timeoutDuration: timeout, cooldownDuration: 30_000, cacheMaxAge: 600_000 };
  return { metadata, keys: createRemoteJWKSet(new URL(place), rules) };
}

function withoutSlash(address: string): string {
  return address.replace(/\/$/, '');
}

function isTrustworthy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback && config.NODE_ENV !== 'production');
}
