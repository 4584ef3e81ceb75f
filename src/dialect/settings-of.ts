import type { GuardSetting } from './settings-file.ts';

/** The settings that guard files read: a setting comes and goes with whatever asks for it. Those of a project's own come as they are. */
export function settingsOf(
  files: ReadonlyMap<string, string>,
  own: readonly GuardSetting[] = [],
): readonly GuardSetting[] {
  const read = new Set([...files.values()].flatMap((text) => text.match(/(?<=\bconfig\.)[A-Z][A-Z_]+\b/g) ?? []));
  const found = [...own, ...all.filter(({ name }) => read.has(name) && !own.some((one) => one.name === name))];
  for (const { name } of found) read.delete(name);
  if (read.size > 0) throw new Error(`guard files read settings that nothing describes: ${[...read].join(', ')}`);
  return found;
}

/** What a setting of the guards is for. */
export function purposeOf(name: string): string {
  const found = all.find((setting) => setting.name === name);
  if (!found) throw new Error(`the guards have no setting ${name}`);
  return found.about;
}

const all: readonly GuardSetting[] = [
  {
    name: 'AUTH_MODE',
    code: "setting(inOwnTests('report', oneOf('enforce', 'report')))",
    about: 'report refuses nobody, and logs whom it would have refused',
  },
  { name: 'AUTH_SECRET', code: 'secret(optional(32))', about: 'signs sessions; at least 32 random characters' },
  { name: 'AUTH_USERS', code: "secret(text(''))", about: 'who may sign in; written by guardrails/add-user' },
  {
    name: 'BODY_LIMIT',
    code: 'setting(whole(25_000_000, 1000, 10_000_000_000))',
    about: 'bytes that one request may send',
  },
  {
    name: 'BUDGET_PER_USER',
    code: 'setting(whole(100, 1, 1_000_000))',
    about: 'calls a day that cost money, for each user',
  },
  {
    name: 'BUDGET_TOTAL',
    code: 'setting(whole(1000, 1, 100_000_000))',
    about: 'calls a day that cost money, for all users together',
  },
  {
    name: 'CORS_ORIGINS',
    code: "setting(text(''))",
    about: 'web pages elsewhere that may call this app, comma between',
  },
  {
    name: 'DATABASE_FILE',
    code: "setting(text('.data/users.db'))",
    about: 'the file that users and sessions are kept in',
  },
  {
    name: 'LOG_LEVEL',
    code: "setting(oneOf('info', 'debug', 'warn', 'error', 'silent'))",
    about: 'how much the guards log',
  },
  { name: 'NODE_ENV', code: "setting(text('development'))", about: 'what this run is for, such as production' },
  {
    name: 'OIDC_AUDIENCE',
    code: "setting(text(''))",
    about: 'for whom the tokens of programs must be; OIDC_CLIENT_ID when left out',
  },
  {
    name: 'OIDC_CLIENT_ID',
    code: "setting(text(''))",
    about: 'the name of this app at the sign-in service; without it nobody can sign in on a page',
  },
  {
    name: 'OIDC_CLIENT_SECRET',
    code: "secret(text(''))",
    about: 'proves to the sign-in service that this is the app; left out where it has given none',
  },
  {
    name: 'OIDC_EMAIL_DOMAINS',
    code: "setting(text(''))",
    about:
      'only people with an e-mail address there get in, comma between; left out where the service knows your people only',
  },
  {
    name: 'OIDC_ISSUER',
    code: 'setting(required())',
    about: 'the address of the sign-in service, such as https://login.example.com',
  },
  {
    name: 'OIDC_ROLES_CLAIM',
    code: "setting(text('roles'))",
    about: 'where the sign-in service names the roles of a person, such as groups',
  },
  {
    name: 'PUBLIC_URL',
    code: "setting(text(''))",
    about: 'under which address people open this app, where it stands behind a proxy that does not pass it on',
  },
  {
    name: 'RATE_LIMIT',
    code: 'setting(whole(1000, 1, 1_000_000))',
    about: 'requests per minute that one address may send',
  },
  { name: 'TRUST_PROXY', code: 'setting(whole(0, 0, 5))', about: 'how many proxies stand before this app' },
];
