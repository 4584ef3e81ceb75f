import { addressesAt } from './addresses-file.ts';
import { identityParts } from './identities.ts';
import type { Kit } from './kit.ts';
import { invites } from './invites.ts';

/** Who may call the addresses of the guards themselves. */
export function ownAccess(kit: Kit): Readonly<Record<string, string>> {
  const identity = identityParts(kit.identity, invites(kit));
  return { ...(kit.parts.has('operability') && healthAccess(kit)), ...identity.access(addressesAt(kit.prefix ?? '')) };
}

const health = "open('asked for by whatever runs the app; says nothing but ok')";

function healthAccess({ has }: Kit): Readonly<Record<string, string>> {
  const own = ['GET /livez', 'GET /readyz'].filter((key) => !has?.health?.includes(key));
  return Object.fromEntries(own.map((key) => [key, health]));
}
