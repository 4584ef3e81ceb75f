// Takes the roles of a user from the one claim that is named for it, and from nowhere else in the token.
import type { JWTPayload } from 'jose';
import { config } from './config.ts';

/** The roles in the claim OIDC_ROLES_CLAIM: a list, or words with spaces between; `a.b` finds `b` inside `a`. */
export function rolesOf(claims: JWTPayload, claim = config.OIDC_ROLES_CLAIM): readonly string[] {
  const found = own(claims, claim) ?? claim.split('.').reduce<unknown>(own, claims);
  const roles = typeof found === 'string' ? found.split(/[\s,]+/) : found;
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string' && role !== '') : [];
}

function own(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return undefined;
  return (holder as Record<string, unknown>)[name];
}
