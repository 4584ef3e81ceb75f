import { quoted } from './quoted.ts';

/** The addresses that the guards have for signing in. */
export interface Addresses {
  readonly signIn: string;
  readonly signOut: string;
  /** Where the invited choose a password. */
  readonly invitation: string;
  readonly me: string;
}

/** Whether strangers who ask for a page are led to where one signs in, or get 401 as programs do. */
export type Surface = 'pages' | 'api';

const usual: Addresses = { signIn: '/sign-in', signOut: '/sign-out', invitation: '/invitation', me: '/auth/me' };

/** The addresses below a prefix, which is '' unless the app has some of them itself. */
export function addressesAt(prefix: string): Addresses {
  const { signIn, signOut, invitation, me } = usual;
  return { signIn: prefix + signIn, signOut: prefix + signOut, invitation: prefix + invitation, me: prefix + me };
}

/** Where the addresses of signing in have to move, so that every route of the app stays its own: '' where they need not. */
export function prefixBeside(routes: readonly string[]): string {
  const taken = new Set(routes.map((key) => key.replace(/^\S+ /, '')));
  return Object.values(usual).some((address) => taken.has(address)) ? '/guardrails' : '';
}

/** The guard file that says them. */
export function addressesFile(addresses: Addresses, surface: Surface): string {
  const page = surface === 'pages' ? addresses.signIn : '';
  const lines = Object.entries({ ...addresses, page }).map(
    ([name, address]) => `  ${name}: ${quoted(String(address))},`,
  );
  return `// Where people sign in and out of this app.

/** What the guards answer themselves; \`page\` is where a browser is led that asks for a page, '' for nowhere. */
export const addresses = {
${lines.join('\n')}
};
`;
}
