// Finds out who is calling from the bearer token, which must be signed by our sign-in service, for this app, and still valid.
import type { IncomingMessage } from 'node:http';
import type { JWTPayload } from 'jose';
import type { User } from './call.ts';
import { config } from './config.ts';
import { IssuerUnavailable, issuerKeys } from './issuer.ts';
import { securityEvent } from './log.ts';
import { rolesOf } from './roles.ts';
import { recall, remember } from './token-cache.ts';

const rules = {
  algorithms: ['RS256', 'ES256', 'EdDSA'],
  issuer: config.OIDC_ISSUER,
  audience: config.OIDC_AUDIENCE,
  requiredClaims: ['exp', 'iss', 'aud', 'sub'],
  clockTolerance: 5,
};

/** What says that the token is at fault. Any other error means that we could not check it. */
const tokenFaults = new Set([
  'ERR_JOSE_ALG_NOT_ALLOWED',
  'ERR_JOSE_NOT_SUPPORTED',
  'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWS_INVALID',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'ERR_JWT_EXPIRED',
  'ERR_JWT_INVALID',
]);

/** The user a token stands for, or undefined for a stranger. Throws IssuerUnavailable when nobody can say. */
export async function authenticate(req: IncomingMessage): Promise<User | undefined> {
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(req.headers.authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  const known = recall(token);
  if (known) return known;

  const claims = await verify(token);
  if (!claims?.sub || claims.exp === undefined) return undefined;
  const email = typeof claims['email'] === 'string' ? { email: claims['email'] } : {};
  const user = { id: claims.sub, ...email, roles: rolesOf(claims) };
  remember(token, user, claims.exp);
  return user;
}

/** A token is sent by a program that means it; no browser adds it unasked. */
export function usesCookie(_req: IncomingMessage): boolean {
  return false;
}

/** Where a stranger who asks for a page can sign in: nowhere here, the sign-in service has its own. */
export function signInPage(_req: IncomingMessage): string | undefined {
  return undefined;
}

async function verify(token: string): Promise<JWTPayload | undefined> {
  const { jwtVerify } = await import('jose');
  const keys = await issuerKeys();
  try {
    return (await jwtVerify(token, keys, rules)).payload;
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code;
    if (typeof code !== 'string' || !tokenFaults.has(code))
      throw new IssuerUnavailable('the keys of the issuer cannot be read', { cause: error });
    securityEvent('authn_login_fail', { reason: code });
    return undefined;
  }
}
