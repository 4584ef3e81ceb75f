import type { Answers } from '../../answers/answers.ts';
import type { Setting } from '../../flow/project.ts';

/** What one way of signing in brings into a project beside its files. */
export interface Identity {
  readonly variants: readonly string[];
  readonly packages: readonly string[];
  readonly settings: readonly Setting[];
  readonly scripts: Readonly<Record<string, string>>;
  /** Route to rule, as code. */
  readonly access: Readonly<Record<string, string>>;
}

/** What the answers ask for: users of the app's own, or those of a company's sign-in service. */
export function identityFor({ auth, signUp, name }: Answers): Identity {
  return auth === 'oidc' ? companySignIn(name.replace(/^@[^/]+\//, '')) : ownUsers(signUp.mode);
}

const schemaOf = (name: string): string => (name === 'OIDC_ISSUER' ? 'z.url()' : 'z.string().min(1)');

/** The defaults are those of the local issuer; in production an issuer without https stops the start. */
function companySignIn(audience: string): Identity {
  const settings: readonly Omit<Setting, 'kind' | 'code'>[] = [
    { name: 'OIDC_AUDIENCE', about: 'the name of this app at the sign-in service', example: audience },
    { name: 'OIDC_ISSUER', about: 'the sign-in service whose tokens are accepted', example: 'http://127.0.0.1:4100' },
    { name: 'OIDC_ROLES_CLAIM', about: 'where in the token the roles stand', example: 'roles' },
  ];
  return {
    variants: ['oidc'],
    packages: ['jose', 'zod'],
    settings: settings.map((setting) => ({
      ...setting,
      kind: 'setting',
      code: `${schemaOf(setting.name)}.default('${setting.example}')`,
    })),
    scripts: { 'dev:issuer': 'node scripts/dev-issuer.ts', 'dev:token': 'node scripts/dev-token.ts' },
    access: { 'GET /auth/me': "'user'" },
  };
}

const userCommands = ['add', 'role', 'password', 'remove', 'list'];
const authSecret: Setting = {
  name: 'AUTH_SECRET',
  kind: 'secret',
  code: 'z.string().min(32)',
  about: 'signs sessions; at least 32 random characters',
};

function ownUsers(mode: Answers['signUp']['mode']): Identity {
  const extra = signUpExtras[mode];
  return {
    variants: ['password', ...extra.variants, `sign-up-${mode}`],
    packages: ['better-auth', 'zod'],
    settings: [authSecret, ...extra.settings],
    scripts: Object.fromEntries(userCommands.map((command) => [`user:${command}`, `node scripts/user.ts ${command}`])),
    access: {
      'POST /auth/sign-in': "open('whoever signs in is a stranger until then')",
      'POST /auth/sign-out': "'user'",
      'POST /auth/password': "'user'",
      'GET /auth/me': "'user'",
      ...extra.access,
    },
  };
}

const publicUrl: Setting = {
  name: 'PUBLIC_URL',
  kind: 'setting',
  code: "z.url().default('http://127.0.0.1:3000')",
  about: 'the address under which people reach this app',
  example: 'http://127.0.0.1:3000',
};
const mailSettings: readonly Setting[] = [
  {
    name: 'MAIL_WEBHOOK_URL',
    kind: 'setting',
    code: 'z.url().optional()',
    about: 'the service that sends mail for this app',
  },
  {
    name: 'MAIL_WEBHOOK_TOKEN',
    kind: 'secret',
    code: 'z.string().min(16)',
    about: 'the key to the mail service',
  },
];
const acceptance = {
  'GET /auth/accept-invitation': "open('shows the page on which an invitation is accepted')",
  'POST /auth/accept-invitation': "open('the invitation itself is the proof')",
};
const joining = "open('whoever signs up is a stranger until then')";

type Extras = Pick<Identity, 'variants' | 'settings' | 'access'>;

const signUpExtras: Readonly<Record<Answers['signUp']['mode'], Extras>> = {
  closed: { variants: [], settings: [], access: {} },
  invite: {
    variants: ['invitations'],
    settings: [publicUrl],
    access: { ...acceptance, 'POST /auth/invitations': "anyOf('admin')" },
  },
  domain: {
    variants: ['invitations'],
    settings: [publicUrl, ...mailSettings],
    access: { ...acceptance, 'POST /auth/sign-up': joining },
  },
  open: { variants: [], settings: [], access: { 'POST /auth/sign-up': joining } },
};
