import { markup, prose, type Markup } from '../../check/html/markup.ts';
import type { OutcomeTelling } from '../telling.ts';
import { cell } from './cell.ts';
import type { Veil } from '../veil.ts';

/** What IT has to supply so that people can sign in, or why nothing. */
export function signInSection({ plan, answers }: OutcomeTelling, veil: Veil): Markup {
  const kept = plan.kept.filter(({ by }) => by === 'auth').map(({ what }) => veil.sentence(what));
  const isOurs = plan.steps.some(({ by, kind }) => by === 'auth' && kind === 'create');
  const items = isOurs ? (answers.auth === 'oidc' ? companySignIn(answers) : passwordSignIn(plan, answers)) : [];
  return markup`<section aria-labelledby="sign-in">
    <h2 id="sign-in">What sign-in needs</h2>
    ${kept.length > 0 && markup`<p>It has a sign-in of its own, which stays: ${kept.join('; ')}.</p>`}
    ${!isOurs && kept.length === 0 && markup`<p>No sign-in was brought in.</p>`}
    ${
      items.length > 0 &&
      markup`<ol class="points">
        ${items.map((item) => markup`<li>${prose(item)}</li>`)}
      </ol>`
    }
  </section>`;
}

function companySignIn({ surface }: OutcomeTelling['answers']): readonly string[] {
  return [
    'Register an application in your sign-in service: OpenID Connect, authorization code flow with PKCE.',
    surface === 'pages'
      ? 'Redirect address: `https://<address of this app>/sign-in/callback`. After sign-out: `https://<address of this app>/sign-out`.'
      : 'People who open it in a browser come back to `https://<address of this app>/sign-in/callback`; programs need no redirect address.',
    'Issuer: the address of the sign-in service, into `OIDC_ISSUER`.',
    'Client id, into `OIDC_CLIENT_ID`; the client secret, where your service gives one, into `OIDC_CLIENT_SECRET`.',
    'Audience of the tokens that programs send (`Authorization: Bearer`), into `OIDC_AUDIENCE`; without it the client id counts.',
    'The claim in which your service names the roles of a person, such as `groups`, into `OIDC_ROLES_CLAIM`.',
    'A random text of at least 32 characters that signs sessions, into `AUTH_SECRET`.',
  ];
}

function passwordSignIn(
  { steps }: OutcomeTelling['plan'],
  { signUp, app }: OutcomeTelling['answers'],
): readonly string[] {
  const path = steps.find((step) => /(?:^|\/)guardrails\/add-user\.\w+$/.test(step.path))?.path;
  const from = app === '' ? '' : `, in the folder \`${app}\``;
  const inApp = path?.slice(app === '' ? 0 : app.length + 1);
  return [
    signUp === 'closed'
      ? 'Nobody can sign up: whoever runs the app adds people.'
      : 'People come in by invitation: nobody can sign up without one.',
    ...(inApp === undefined
      ? []
      : [`A person is added, or gets a new password, with \`node ${inApp} name@example.com [role ...]\`${from}.`]),
    'A random text of at least 32 characters that signs sessions, into `AUTH_SECRET`.',
    'Nothing else: no sign-in service, no mail server.',
  ];
}

/** What has to be set where the app runs: names, never values. */
export function settingSection({ plan }: OutcomeTelling, veil: Veil): Markup | undefined {
  if (plan.settings.length === 0) return undefined;
  return markup`<section aria-labelledby="settings">
    <h2 id="settings">Settings to provide in production</h2>
    <p>Names only: values belong into the environment of the server, and into no message and no ticket.</p>
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">What it is</th>
            <th scope="col">Secret?</th>
          </tr>
        </thead>
        <tbody>
          ${plan.settings.map(
            ({ name, about, secret }) =>
              markup`<tr>
                <th scope="row"><code>${veil.sentence(name)}</code></th>
                ${cell('What', prose(veil.sentence(about)))}
                ${cell('Secret?', secret ? 'yes' : 'no')}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
