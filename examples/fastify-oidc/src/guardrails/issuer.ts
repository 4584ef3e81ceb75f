// Gets the public keys of the sign-in service that issues the tokens; without them nobody new is let in.
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { config } from './config.ts';

const timeout = 3000;
const pause = 5000;
const { OIDC_ISSUER: issuer, NODE_ENV: environment } = config;
const metadataRule = z.object({ issuer: z.literal(issuer), jwks_uri: z.url().refine(isTrustworthy) });

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
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(timeout), redirect: 'error' });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const { jwks_uri: place } = metadataRule.parse(await response.json());
  return createRemoteJWKSet(new URL(place), {
    timeoutDuration: timeout,
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
  });
}

function isTrustworthy(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback && environment !== 'production');
}
