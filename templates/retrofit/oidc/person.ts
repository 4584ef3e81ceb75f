// Knows who has signed in: from the proof of the sign-in service, and what is not in there from its own page about the person.
import type { JWTPayload } from 'jose';
import type { TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import type { User } from './call.ts';
import { config } from './config.ts';
import { log } from './log.ts';
import { rolesOf } from './roles.ts';
import type { SignInService } from './sign-in-client.ts';

const domains = new Set(
  config.OIDC_EMAIL_DOMAINS.toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean),
);
if (domains.size === 0 && /^https:\/\/accounts\.google\.com\/?$/.test(config.OIDC_ISSUER))
  throw new Error(
    'OIDC_EMAIL_DOMAINS is missing: Google knows everybody; say whose people may come in, such as example.com',
  );

/** Whether somebody is of those who may come in: all whom the sign-in service knows, or those of OIDC_EMAIL_DOMAINS. */
export function isWelcome({ email = '' }: User): boolean {
  return domains.size === 0 || domains.has(email.toLowerCase().replace(/^.*@/, ''));
}

/** The person for whom these tokens were issued. */
export async function personOf(
  tokens: TokenEndpointResponse & TokenEndpointResponseHelpers,
  service: SignInService,
): Promise<User> {
  const claims = tokens.claims();
  if (!claims) throw new Error('the sign-in service has not said who signed in');
  const user = userIn(claims, claims.sub);
  const isComplete = user.email !== undefined && user.roles.length > 0;
  if (isComplete || service.client.serverMetadata().userinfo_endpoint === undefined) return user;
  const { library, client } = service;
  const more = await library.fetchUserInfo(client, tokens.access_token, claims.sub).catch(nothingMore);
  return userIn({ ...more, ...claims }, claims.sub);
}

/** Signing in goes on without: fewer roles open fewer doors. */
function nothingMore(error: unknown): object {
  log.warn({ err: error }, 'the sign-in service does not say more about who signed in');
  return {};
}

/** Who somebody is by the claims of the sign-in service. An e-mail address that it has not verified is left out. */
export function userIn(claims: JWTPayload, id: string): User {
  const { email, email_verified: isVerified } = claims;
  const isGood = typeof email === 'string' && isVerified !== false;
  return { id, ...(isGood && { email }), roles: rolesOf(claims) };
}
