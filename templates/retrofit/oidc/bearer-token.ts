// Checks the token that a program sends: signed by our sign-in service, for this app, and still valid.
import type { IncomingMessage } from 'node:http';
import type { JWTPayload } from 'jose';
import type { User } from './call.ts';
import { config } from './config.ts';
import { IssuerUnavailable, knownIssuer } from './issuer.ts';
import { securityEvent } from './log.ts';
import { isWelcome, userIn } from './person.ts';
import { recall, remember } from './token-cache.ts';

const audience = config.OIDC_AUDIENCE || config.OIDC_CLIENT_ID;
if (audience === '')
  throw new Error(
    'OIDC_CLIENT_ID is missing, the name of this app at the sign-in service (or OIDC_AUDIENCE for programs only)',
  );

const rules = {
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  audience,
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

/** The user that the token of a request stands for, or undefined for a stranger. Throws IssuerUnavailable when nobody can say. */
export async function tokenUser({ headers }: IncomingMessage): Promise<User | undefined> {
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  const recent = recall(token);
  if (recent) return recent;

  const claims = await verify(token);
  if (!claims?.sub || claims.exp === undefined) return undefined;
  const user = userIn(claims, claims.sub);
  if (!isWelcome(user)) return undefined;
  remember(token, user, claims.exp);
  return user;
}

async function verify(token: string): Promise<JWTPayload | undefined> {
  const { jwtVerify } = await import('jose');
  const { keys, metadata } = await knownIssuer();
  try {
    return (await jwtVerify(token, keys, { ...rules, issuer: metadata.issuer })).payload;
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code;
    if (typeof code !== 'string' || !tokenFaults.has(code))
      throw new IssuerUnavailable('the keys of the issuer cannot be read', { cause: error });
    securityEvent('authn_login_fail', { reason: code });
    return undefined;
  }
}
