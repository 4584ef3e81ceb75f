import type { Repository } from '../../repository/repository.ts';
import { rolesIn } from './access-rule.ts';
import { addPerson, signIn, type SignedIn } from './sign-in.ts';
import type { Stage } from './stage.ts';

/** Somebody who may sign in, or why there is nobody; and what the app has to be told for it. */
export type Who = { readonly settings: Readonly<Record<string, string>> } & (
  { readonly why: string } | { readonly prove: (url: string) => Promise<SignedIn> }
);

/** Makes somebody who may sign in to the copy, with every role that the table asks for. */
export async function personIn(stage: Stage, repository: Repository): Promise<Who> {
  const roles = rolesIn(stage.options.access);
  const { issuer } = stage;
  if (issuer) {
    const headers = { authorization: `Bearer ${issuer.token(roles)}` };
    return { prove: async () => ({ headers }), settings: issuer.settings };
  }
  const script = guardFile(stage, repository, 'add-user');
  if (script === undefined) return { why: 'no way is known to add somebody who may sign in', settings: {} };
  const person = await addPerson(script, stage.app, roles, stage.runWith(guardSettings(stage), 20_000));
  if ('why' in person) return { why: person.why, settings: {} };
  return { prove: (url) => signIn(url, addressIn(stage, repository), person), settings: {} };
}

/** What the guards need to start, and a limit of requests that a proof does not reach. */
export function guardSettings({ options, secret }: Stage): Record<string, string> {
  return { AUTH_SECRET: secret, AUTH_MODE: options.authMode ?? 'enforce', RATE_LIMIT: '1000000' };
}

/** Whether a project has guards of ours that ask people to sign in. */
export function asksToSignIn(stage: Stage, repository: Repository): boolean {
  return guardFile(stage, repository, 'gate') !== undefined || guardFile(stage, repository, 'add-user') !== undefined;
}

/** Where one signs in: the project may have an address of that name itself. */
function addressIn({ options: { app } }: Stage, repository: Repository): string {
  const table = ['mjs', 'cjs', 'js', 'ts'].map((kind) => repository.read(inApp(app.root, `guardrails/access.${kind}`)));
  return /'POST (\/[\w./-]*sign-in)'/.exec(table.find(Boolean) ?? '')?.[1] ?? '/sign-in';
}

/** A file of the guards, from the folder of the app. */
function guardFile({ options: { app } }: Stage, repository: Repository, name: string): string | undefined {
  const paths = ['mjs', 'cjs', 'js'].map((kind) => `guardrails/${name}.${kind}`);
  return paths.find((path) => repository.file(inApp(app.root, path)));
}

function inApp(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}
