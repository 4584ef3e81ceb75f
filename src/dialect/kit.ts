import type { Templates } from '../flow/templates.ts';
import { accessFile } from './access-file.ts';
import { addressesAt, addressesFile, type Surface } from './addresses-file.ts';
import { inDialect, type Dialect } from './dialect.ts';
import { identityParts, identityTemplates, type Identity, type IdentityParts } from './identities.ts';
import { indexFile } from './index-file.ts';
import type { Has } from './index-pieces.ts';
import { invites } from './invites.ts';
import { ownAccess } from './own-access.ts';
import { neededFrom } from './needed.ts';
import type { Part } from './parts.ts';
import { publicFilesFile, type ServedRoot } from './public-files-file.ts';
import { settingsFile, type GuardSetting } from './settings-file.ts';
import { settingsOf } from './settings-of.ts';
import { spendingFile } from './spending-file.ts';
import { relayAccess, upstreamSettings, upstreamsFile, type Upstream } from './upstreams-file.ts';

/** What the guard files of an existing project depend on. */
export interface Kit {
  readonly framework: 'express' | 'fastify' | 'fastify-old' | 'hono' | 'koa' | 'node-http';
  /** True for an application of NestJS, which has that framework inside. */
  readonly nest?: boolean;
  /** The guards that are wanted. Without any there is the frame that all of them hang on, and nothing else. */
  readonly parts: ReadonlySet<Part>;
  /** How people prove who they are. Counts with the part `auth` alone. */
  readonly identity: Identity;
  /** Who may become a user, with the identity `better-auth`; `closed` when left out. */
  readonly signUp?: 'closed' | 'invite';
  /** Whether strangers who ask for a page are led to where one signs in (`pages`, also when left out) or get 401. */
  readonly surface?: Surface;
  /** What the project has of its own, so that the guards leave it out. */
  readonly has?: Has;
  /** What the addresses of signing in begin with, where the app has some of them itself: see `prefixBeside`. */
  readonly prefix?: string;
  /** Route to rule as code, such as 'GET /expenses' to `'user'`; those of the guards themselves are added. */
  readonly access: Readonly<Record<string, string>>;
  /** What the app itself is to read through `config`, such as secrets that stood in its code. */
  readonly settings?: readonly GuardSetting[];
  /** Routes that cost money, and who is paid; for the part `spending`. */
  readonly spending?: Readonly<Record<string, string>>;
  /** Paid services that pages use through the server; for the part `relay`. */
  readonly upstreams?: readonly Upstream[];
  /** A served folder that holds the code of the app; for the part `private`. */
  readonly servedRoot?: ServedRoot;
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
};

/** The templates of new projects that existing ones get as well. */
export const sharedTemplates: readonly string[] = [shared, ...Object.values(sharedBy), ...identityTemplates]
  .flatMap(Object.entries<readonly string[]>)
  .flatMap(([folder, names]) => names.map((name) => `${folder}/${name}`));

/** The guard files of an existing project in erasable TypeScript, by their path in its `guardrails` folder: those that its parts need. */
export function guardFiles(kit: Kit, templates: Templates): ReadonlyMap<string, string> {
  const { settings = [], spending = {} } = kit;
  const relays = (kit.parts.has('relay') && kit.upstreams) || [];
  const files = templatesOf(kit, templates);
  files.set('spending.ts', spendingFile(spending));
  files.set('public-files.ts', publicFilesFile(kit.servedRoot ?? { at: '/', files: [] }));
  files.set('upstreams.ts', upstreamsFile(relays));
  files.set(
    'index.ts',
    indexFile({ parts: kit.parts, invites: invites(kit), has: kit.has ?? {}, nest: kit.nest ?? false }),
  );
  if (kit.parts.has('auth'))
    files.set('access.ts', accessFile({ ...kit.access, ...ownAccess(kit), ...relayAccess(relays) }));
  files.set('addresses.ts', addressesFile(addressesAt(kit.prefix ?? ''), kit.surface ?? 'pages'));
  files.set('settings.ts', settingsFile([]));
  const needed = neededFrom(['index.ts', ...(kit.parts.has('auth') ? identityOf(kit).programs : [])], files);
  const keys = upstreamSettings(relays);
  const own = [...settings, ...keys.filter(({ name }) => !settings.some((one) => one.name === name))];
  needed.set('settings.ts', settingsFile(settingsOf(needed, own)));
  return needed;
}

function identityOf(kit: Kit): IdentityParts {
  return identityParts(kit.identity, invites(kit));
}

function templatesOf(kit: Kit, templates: Templates): Map<string, string> {
  const files = new Map<string, string>();
  const { framework, parts } = kit;
  const identity = identityOf(kit);
  const folders = [
    'retrofit/all',
    'retrofit/spending',
    'retrofit/private',
    'retrofit/browser-keys',
    parts.has('auth') ? 'retrofit/by-table' : 'retrofit/no-table',
    ...(framework === 'fastify-old' ? ['retrofit/fastify'] : []),
    `retrofit/${framework}`,
    ...(kit.nest ? ['retrofit/nest'] : []),
    ...(kit.has?.cors ? ['retrofit/own-cors'] : []),
    ...(parts.has('auth') ? identity.folders : []),
  ];
  for (const [folder, names] of [shared, sharedBy[framework] ?? {}, identity.shared].flatMap(Object.entries))
    for (const name of names) files.set(name, templates.render(`${folder}/${name}`, {}));
  for (const folder of folders)
    for (const name of templates.list(folder)) files.set(name, templates.render(`${folder}/${name}`, {}));
  return files;
}

/** The same files as a project gets them, with the types that TypeScript needs to import them. Files of nothing but types are left out. */
export function guardFilesIn(dialect: Dialect, kit: Kit, templates: Templates): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [path, text] of guardFiles(kit, templates)) {
    const plain = inDialect(text, dialect, templates);
    if (plain !== '') files.set(path.replace(/\.ts$/, `.${dialect}`), plain);
  }
  if (files.size > 0) files.set(dialect === 'mjs' ? 'index.d.mts' : 'index.d.cts', declarations(kit.parts));
  return files;
}

/** The one file that an app without guards needs, `guardrails/environment.*`: it reads `.env` when it is imported. */
export function environmentFile(dialect: Dialect, templates: Templates): string {
  return inDialect(templates.render('retrofit/all/environment.ts', {}), dialect, templates);
}

/** The packages that the guards of a kit import, beside the framework; `templates/versions.json` has their versions. */
export function packagesOf({ parts, identity }: Pick<Kit, 'parts' | 'identity'>): readonly string[] {
  return parts.has('auth') ? identityParts(identity, false).packages : [];
}

/** No type of a framework: so it fits every version, and the user's types need not be installed. */
function declarations(parts: Kit['parts']): string {
  const guard = `/** Call it once, right after the app is made and before its first route. */
export declare function guard<App extends object>(app: App): App;
`;
  const user = `
/** Whoever is signed in. Throws where nobody is: an open route, or outside a request. */
export declare function currentUser(): {
  readonly id: string;
  readonly email?: string;
  readonly roles: readonly string[];
};

/** Whoever is signed in where a connection began that stays open: socket.request of socket.io, the request of a WebSocket. */
export declare function userOf(request: object): ReturnType<typeof currentUser> | undefined;
`;
  return parts.has('auth') ? guard + user : guard;
}
