import { addressesAt } from './addresses-file.ts';
import { identityParts } from './identities.ts';
import type { Kit } from './kit.ts';
import { invites } from './invites.ts';

/** Who may call the addresses of the guards themselves. */
export function ownAccess(kit: Kit): Readonly<Record<string, string>> {
  const identity = identityParts(kit.identity, invites(kit));
  return { ...(kit.parts.has('operability') && healthAccess), ...identity.access(addressesAt(kit.prefix ?? '')) };
}

const health = "open('asked for by whatever runs the app; says nothing but ok')";

const healthAccess = { 'GET /livez': health, 'GET /readyz': health };
