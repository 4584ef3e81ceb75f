import type { Addresses } from './addresses-file.ts';

/**
 * `password`: a password on a page of this app, its hash in AUTH_USERS; needs no package. `better-auth`: the same with users and sessions in a
 * database file, for a Node that has `node:sqlite` (22.13). `oidc`: a token of a sign-in service.
 */
export type Identity = 'password' | 'better-auth' | 'oidc';

/** What one way of proving who one is brings along. */
export interface IdentityParts {
  /** Template folders, the later before the earlier. */
  readonly folders: readonly string[];
  /** Files that new projects have as well, by their place there. */
  readonly shared: Readonly<Record<string, readonly string[]>>;
  /** Programs of their own, beside what the app loads. */
  readonly programs: readonly string[];
  /** Packages for package.json; `templates/versions.json` has their versions. */
  readonly packages: readonly string[];
  /** Who may call the addresses of signing in. */
  readonly access: (addresses: Addresses) => Readonly<Record<string, string>>;
}

const stranger = "open('whoever signs in is a stranger until then')";

const ownPages: IdentityParts['access'] = ({ signIn, signOut, me }) => ({
  [`GET ${me}`]: "'user'",
  [`GET ${signIn}`]: stranger,
  [`POST ${signIn}`]: stranger,
  [`GET ${signOut}`]: "open('says who is signed in, or that nobody is')",
  [`POST ${signOut}`]: "'user'",
});

const identities: Readonly<Record<Identity, IdentityParts>> = {
  password: {
    folders: ['retrofit/sign-in', 'retrofit/password'],
    shared: {},
    programs: ['add-user.ts', 'remove-user.ts'],
    packages: [],
    access: ownPages,
  },
  'better-auth': {
    folders: ['retrofit/sign-in', 'retrofit/better-auth'],
    shared: { 'guardrails/auth/password/src/guardrails': ['attempts.ts'] },
    programs: ['add-user.ts', 'remove-user.ts'],
    packages: ['better-auth'],
    access: ownPages,
  },
  oidc: {
    folders: ['retrofit/oidc'],
    shared: { 'guardrails/auth/oidc/src/guardrails': ['roles.ts', 'token-cache.ts'], 'retrofit/sign-in': ['page.ts'] },
    programs: ['local-issuer.ts'],
    packages: ['jose', 'openid-client'],
    access: ({ signIn, signOut, me }) => ({
      [`GET ${me}`]: "'user'",
      [`GET ${signIn}`]: stranger,
      [`GET ${signIn}/callback`]: stranger,
      [`GET ${signOut}`]: stranger,
      [`POST ${signOut}`]: "'user'",
    }),
  },
};

/** What the ways of signing in share with new projects. */
export const identityTemplates: readonly IdentityParts['shared'][] = Object.values(identities).map(
  ({ shared }) => shared,
);

/** What this way of signing in brings along; `invites` where somebody becomes a user by an invitation. */
export function identityParts(identity: Identity, invites: boolean): IdentityParts {
  const parts = identities[identity];
  if (!invites) return parts;
  return {
    ...parts,
    folders: [...parts.folders, 'retrofit/invitations'],
    programs: [...parts.programs, 'invite.ts'],
    access: (addresses) => ({
      ...parts.access(addresses),
      [`GET ${addresses.invitation}`]: "open('shows the page on which an invitation is accepted')",
      [`POST ${addresses.invitation}`]: "open('the invitation itself is the proof')",
    }),
  };
}
