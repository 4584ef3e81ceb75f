import type { Templates } from '../flow/templates.ts';
import { inDialect, type Dialect } from './dialect.ts';
import { accessFile, settingsFile, type GuardSetting } from './kit-files.ts';

/** What the guard files of an existing project depend on. */
export interface Kit {
  readonly framework: 'express' | 'fastify' | 'hono';
  /** How people prove who they are: a password on a page of this app, or a token of a sign-in service. */
  readonly identity: 'password' | 'oidc';
  /** Route to rule, such as 'GET /expenses' to `'user'`; those of the guards themselves are added. */
  readonly access: Readonly<Record<string, string>>;
  /** What the app itself is to read through `config`, such as secrets that stood in its code. */
  readonly settings?: readonly GuardSetting[];
}

/** Files that new projects have as well, by their place there. */
const shared: Readonly<Record<string, readonly string[]>> = {
  'frameworks/all/src/guardrails': ['call.ts', 'passage.ts'],
  'guardrails/auth/all/src/guardrails': ['access-rules.ts'],
  'guardrails/logs/all/src/guardrails': ['log-redaction.ts', 'request-log.ts', 'security-events.ts'],
  'guardrails/secrets/all/src/guardrails': ['secrets/redact.ts', 'secrets/source.ts'],
  'guardrails/security/all/src/guardrails': ['client-address.ts', 'rate-limit.ts'],
};

const sharedBy: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  fastify: { 'frameworks/fastify/src/guardrails': ['route-keys.ts'] },
  oidc: { 'guardrails/auth/oidc/src/guardrails': ['roles.ts', 'token-cache.ts'] },
};

/** The guard files of an existing project in erasable TypeScript, by their path in its `guardrails` folder. */
export function guardFiles(
  { framework, identity, access, settings = [] }: Kit,
  templates: Templates,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [folder, names] of [shared, sharedBy[framework] ?? {}, sharedBy[identity] ?? {}].flatMap(Object.entries))
    for (const name of names) files.set(name, templates.render(`${folder}/${name}`, {}));
  for (const folder of ['retrofit/all', `retrofit/${framework}`, `retrofit/${identity}`])
    for (const name of templates.list(folder)) files.set(name, templates.render(`${folder}/${name}`, {}));
  files.set('access.ts', accessFile({ ...access, ...ownAccess[identity] }));
  files.set('settings.ts', settingsFile([...commonSettings, ...ownSettings[identity], ...settings]));
  return files;
}

/** The same files as a project gets them, with the types that TypeScript needs to import them. Files of nothing but types are left out. */
export function guardFilesIn(dialect: Dialect, kit: Kit, templates: Templates): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [path, text] of guardFiles(kit, templates)) {
    const plain = inDialect(text, dialect);
    if (plain !== '') files.set(path.replace(/\.ts$/, `.${dialect}`), plain);
  }
  files.set(dialect === 'mjs' ? 'index.d.mts' : 'index.d.cts', declarations);
  return files;
}

/** No type of a framework: so it fits every version, and the user's types need not be installed. */
const declarations = `/** Call it once, right after the app is made and before its first route. */
export declare function guard<App extends object>(app: App): App;

/** Whoever is signed in. Throws where nobody is: an open route, or outside a request. */
export declare function currentUser(): {
  readonly id: string;
  readonly email?: string;
  readonly roles: readonly string[];
};
`;

const health = "open('asked for by whatever runs the app; says nothing but ok')";
const stranger = "open('whoever signs in is a stranger until then')";

const ownAccess: Readonly<Record<Kit['identity'], Readonly<Record<string, string>>>> = {
  password: {
    'GET /auth/me': "'user'",
    'GET /livez': health,
    'GET /readyz': health,
    'GET /sign-in': stranger,
    'POST /sign-in': stranger,
    'POST /sign-out': "'user'",
  },
  oidc: { 'GET /auth/me': "'user'", 'GET /livez': health, 'GET /readyz': health },
};

const commonSettings: readonly GuardSetting[] = [
  {
    name: 'AUTH_MODE',
    code: "setting(oneOf('enforce', 'report'))",
    about: 'report refuses nobody, and logs whom it would have refused',
  },
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
  {
    name: 'RATE_LIMIT',
    code: 'setting(whole(1000, 1, 1_000_000))',
    about: 'requests per minute that one address may send',
  },
  { name: 'TRUST_PROXY', code: 'setting(whole(0, 0, 5))', about: 'how many proxies stand before this app' },
];

const ownSettings: Readonly<Record<Kit['identity'], readonly GuardSetting[]>> = {
  password: [
    { name: 'AUTH_SECRET', code: 'secret(optional(32))', about: 'signs sessions; at least 32 random characters' },
    { name: 'AUTH_USERS', code: "secret(text(''))", about: 'who may sign in; written by guardrails/add-user' },
  ],
  oidc: [
    { name: 'OIDC_AUDIENCE', code: 'setting(required())', about: 'the name of this app at the sign-in service' },
    { name: 'OIDC_ISSUER', code: 'setting(required())', about: 'the address of the sign-in service' },
    { name: 'OIDC_ROLES_CLAIM', code: "setting(text('roles'))", about: 'where tokens name the roles of a user' },
  ],
};
