import { purposeOf } from '../../dialect/settings-of.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { withEnvEntries } from '../../secrets/extract/env-text.ts';

/** What the sign-in service of a company and this app have to know of each other. */
const supplied: readonly string[] = [
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_AUDIENCE',
  'OIDC_ROLES_CLAIM',
  'OIDC_EMAIL_DOMAINS',
  'PUBLIC_URL',
  'AUTH_SECRET',
];

/** Where `guardrails/local-issuer` listens unless it is told another port. */
const onThisComputer = [
  { name: 'OIDC_ISSUER', value: 'http://127.0.0.1:4100' },
  { name: 'OIDC_CLIENT_ID', value: 'this-app' },
];

/** Names what IT has to supply, and lets the app start on this computer before it has: the sign-in service there is a small one of its own. */
export function draftCompanySignIn(scene: Scene, draft: Draft): void {
  const { guards } = scene;
  const program = inApp(scene, `guardrails/local-issuer.${guards?.dialect}`);
  if (!draft.isNew(program)) return;
  for (const name of supplied) draft.setting({ name, about: purposeOf(name), secret: name.endsWith('_SECRET') });
  const env = inApp(scene, '.env');
  draft.edit(env, withEnvEntries(draft.read(env), onThisComputer), {
    why: `the sign-in service of this computer, until IT has named yours; start it with node ${program}`,
    secret: true,
    hides: true,
  });
}
