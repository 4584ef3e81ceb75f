import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../tree/content.ts';
import { sumOf } from '../../tree/step.ts';
import type { RetrofitPlan } from '../plan.ts';
import { rolesIn } from './access-rule.ts';
import { addPerson, signIn, type SignedIn } from './sign-in.ts';
import type { Stage } from './stage.ts';

/** Somebody who may sign in, or why there is nobody; and what the app has to be told for it. */
export type Who = { readonly settings: Readonly<Record<string, string>> } & (
  { readonly why: string } | { readonly prove: (url: string) => Promise<SignedIn> }
);

/** Makes somebody who may sign in to the copy, with every role that the table asks for. */
export async function personIn(stage: Stage, plan: RetrofitPlan): Promise<Who> {
  const roles = rolesIn(stage.options.access);
  const { issuer } = stage;
  if (issuer) {
    const headers = { authorization: `Bearer ${issuer.token(roles)}` };
    return { prove: async () => ({ headers }), settings: issuer.settings };
  }
  const script = plan.steps.map(({ path }) => path).find((path) => /(?:^|\/)guardrails\/add-user\.[cm]?js$/.test(path));
  if (script === undefined || !existsSync(join(stage.copy.folder, script)))
    return { why: 'no way is known to add somebody who may sign in', settings: {} };
  const { root } = stage.options.app;
  const inside = root === '' ? script : script.slice(root.length + 1);
  const person = await addPerson(inside, stage.app, roles, stage.runWith(guardSettings(stage), 20_000));
  if ('why' in person) return { why: person.why, settings: {} };
  return { prove: (url) => signIn(url, addressIn(plan), person), settings: {} };
}

/** What the guards need to start, and a limit of requests that a proof does not reach. */
export function guardSettings({ options, secret }: Stage): Record<string, string> {
  return { AUTH_SECRET: secret, AUTH_MODE: options.authMode ?? 'enforce', RATE_LIMIT: '1000000' };
}

/** Where one signs in: the project may have an address of that name itself. */
function addressIn(plan: RetrofitPlan): string {
  const table = sumOf(plan.steps).find(({ path }) => /(?:^|\/)guardrails\/access\.[cm]?[jt]s$/.test(path));
  return /'POST (\/[\w./-]*sign-in)'/.exec(textOf(table?.after) ?? '')?.[1] ?? '/sign-in';
}
