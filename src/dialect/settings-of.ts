import type { GuardSetting } from './settings-file.ts';

/** The settings that guard files read: a setting comes and goes with whatever asks for it. */
export function settingsOf(files: ReadonlyMap<string, string>): readonly GuardSetting[] {
  const read = new Set([...files.values()].flatMap((text) => text.match(/(?<=\bconfig\.)[A-Z][A-Z_]+\b/g) ?? []));
  const found = all.filter(({ name }) => read.delete(name));
  if (read.size > 0) throw new Error(`guard files read settings that nothing describes: ${[...read].join(', ')}`);
  return found;
}

const all: readonly GuardSetting[] = [
  {
    name: 'AUTH_MODE',
    code: "setting(oneOf('enforce', 'report'))",
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
    name: 'CORS_ORIGINS',
    code: "setting(text(''))",
    about: 'web pages elsewhere that may call this app, comma between',
  },
  {
    name: 'LOG_LEVEL',
    code: "setting(oneOf('info', 'debug', 'warn', 'error', 'silent'))",
    about: 'how much the guards log',
  },
  { name: 'NODE_ENV', code: "setting(text('development'))", about: 'what this run is for, such as production' },
  { name: 'OIDC_AUDIENCE', code: 'setting(required())', about: 'the name of this app at the sign-in service' },
  { name: 'OIDC_ISSUER', code: 'setting(required())', about: 'the address of the sign-in service' },
  { name: 'OIDC_ROLES_CLAIM', code: "setting(text('roles'))", about: 'where tokens name the roles of a user' },
  {
    name: 'RATE_LIMIT',
    code: 'setting(whole(1000, 1, 1_000_000))',
    about: 'requests per minute that one address may send',
  },
  { name: 'TRUST_PROXY', code: 'setting(whole(0, 0, 5))', about: 'how many proxies stand before this app' },
];
