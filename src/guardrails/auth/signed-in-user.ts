import type { Edit } from '../../tree/tree.ts';

/** Where a starter says whose records a request may see. */
export const ownerPath = 'src/services/owner.ts';
/** What the tests of a starter share. */
export const testSupportPath = 'test/support.ts';

/** The owner of records becomes whoever is signed in. */
export const ownerIsCurrentUser: Edit = (text) => {
  if (!text.includes("  return 'local';")) return false;
  const edited = text.replace("  return 'local';", '  return currentUser().id;');
  return `import { currentUser } from '../guardrails/gate.ts';\n\n${edited}`;
};

const nobody = /\/\*\* Somebody who uses the app[^]*?\n}\n/;
const somebody = `/** Somebody new who is signed in, with this role if one is given: the headers of their requests, and their id. */
export async function signedIn(role?: string): Promise<{ headers: Record<string, string>; userId: string }> {
  return signInAs(running, role);
}
`;

/** The users of the tests sign in, at the app that was started last. */
export const signInTestUsers: Edit = (text) => {
  if (!nobody.test(text)) return false;
  return text
    .replace(nobody, somebody)
    .replace(/^(import .*app\.ts';)$/m, "$1\nimport { signInAs } from './identity.ts';\n\nlet running = '';")
    .replace(/^( *)return \{ url, app, stop \};$/m, '$1running = url;\n$&');
};
