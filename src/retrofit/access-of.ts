import { purposeOf, type Purpose } from '../frameworks/purpose.ts';
import type { Route, Server, StaticFolder } from '../frameworks/server.ts';
import { placeText, type Place } from '../repository/place.ts';
import { isSameFolder } from './served-root.ts';
import type { Repository } from '../repository/repository.ts';
import { mayImport } from '../repository/specifiers.ts';
import { accessKeyOf } from './access-key.ts';
import { doorsOf, type Door } from './doors.ts';

/** One line of the access table that a project is to get, and where it comes from. */
export interface AccessEntry {
  /** Such as `GET /orders/:id` or `USE /images`. */
  readonly key: string;
  /** As code: `'user'`, `open('why')`. */
  readonly rule: string;
  /** For people: why this rule. */
  readonly why: string;
  readonly where: Place;
  /** `kept`: the project's own code refuses strangers there. `open`: anybody may come. `user`: whoever is signed in. */
  readonly kind: 'kept' | 'open' | 'user';
}

/** Who may call what, as the code suggests: what strangers need stays open, what the project guards stays its own, the rest is for the signed-in. */
export function accessOf(repository: Repository, server: Server): readonly AccessEntry[] {
  const keepsOwn = hasOwnSignIn(repository, server);
  const routes = server.routes.map((route) => entryFor(repository, server, route, keepsOwn));
  const isAnythingClosed = routes.some(({ kind }) => kind === 'user');
  const pages = keepsOwn || !isAnythingClosed ? 'open' : 'user';
  const statics = server.statics.flatMap((folder) => staticEntries(repository, server, folder, pages));
  const doors = doorsOf(repository, server).map(doorEntry);
  return distinct([
    ...routes.map((entry) => (entry.page && pages === 'user' ? closedPage(entry) : entry)),
    ...statics,
    ...doors,
    ...preflightsOf(repository, server),
  ]).map(named);
}

/** Nothing is opened that has no name: whoever is let in at any address is let in at those that come later, too. */
function named(entry: AccessEntry): AccessEntry {
  if (entry.kind !== 'open' || !entry.key.includes('*')) return entry;
  return { ...entry, kind: 'user', rule: "'user'", why: 'it answers at any address, and what is open has a name' };
}

/** True where the project signs people in itself: its own pages and routes have to stay reachable. */
export function hasOwnSignIn(repository: Repository, { routes }: Server): boolean {
  return routes.some(
    (route) => route.guard.state === 'refused' || (purposeOf(repository, route)?.kind === 'sign-in' && isWork(route)),
  );
}

/** The table as it is written: key to rule. Routes that only the running app shows are for the signed-in. */
export function tableOf(entries: readonly AccessEntry[]): Map<string, string> {
  return new Map(entries.map(({ key, rule }) => [key, rule]));
}

/** A rule that opens a route, as code. */
export function openRule(reason: string): string {
  return `open('${reason.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll(/\s+/g, ' ')}')`;
}

/** Purposes for which strangers have to come in, although only the name says so. */
const namedEnough: readonly Purpose['kind'][] = [
  'sign-in',
  'sign-up',
  'sign-out',
  'callback',
  'recovery',
  'preflight',
  'well-known',
];

function entryFor(
  repository: Repository,
  server: Server,
  route: Route,
  keepsOwn: boolean,
): AccessEntry & { readonly page: boolean } {
  const { guard, where } = route;
  const key = accessKeyOf(server, route);
  const entry = (kind: AccessEntry['kind'], why: string, page = false) => ({
    key,
    where,
    kind,
    why,
    page,
    rule: kind === 'user' ? "'user'" : openRule(why),
  });
  if (guard.state === 'refused') return entry('kept', `its own check stands at ${placeText(guard.by)}`);
  if (guard.state === 'open' && guard.declared !== undefined) return entry('open', guard.declared);
  if (server.framework === 'node-http' && !tellsQuestions(repository, server, route))
    return entry('user', 'its code compares whole addresses, so a question mark would lead past what is open');
  const purpose = purposeOf(repository, route);
  const isEnough = purpose && (purpose.shown || (keepsOwn && namedEnough.includes(purpose.kind)));
  // What is the same for all may still be for few: a list of salaries that is written out.
  const isForFew = purpose?.kind === 'same-for-all' && route.path !== '/';
  if (purpose && isEnough && !isForFew && purpose.kind !== 'who-am-i' && purpose.kind !== 'documentation')
    return entry('open', purpose.words, purpose.kind === 'page');
  const doubt = guard.state === 'unknown' ? ` (${guard.why})` : '';
  return entry('user', `nothing tells that strangers need it${doubt}`);
}

/** A connection that the project's own code checks stays its own. */
function doorEntry({ key, why, where, guard }: Door): AccessEntry {
  const isOurs = guard.state === 'refused' && /(?:^|\/)guardrails\//.test(guard.by.path);
  if (guard.state !== 'refused' || isOurs) return { key, why, where, rule: "'user'", kind: 'user' };
  const own = `its own check stands at ${placeText(guard.by)}`;
  return { key, why: own, where, rule: openRule(own), kind: 'kept' };
}

/** Whether a server without a router takes `/health?x` for `/health`. */
function tellsQuestions(repository: Repository, { where }: Server, route: Route): boolean {
  const text = [where.path, route.where.path].map((path) => repository.read(path) ?? '').join('\n');
  return /\bnew URL\(|\bpathname\b|url\.parse\(|\.split\(\s*['"`]\?|\.indexOf\(\s*['"`]\?|\.search\(/.test(text);
}

/** A page is no use to a stranger whom everything behind it refuses: signing in comes first. */
function closedPage(entry: AccessEntry): AccessEntry {
  return { ...entry, kind: 'user', rule: "'user'", why: 'the page needs what only the signed-in may call' };
}

/** `@fastify/cors` adds a route of its own. */
function preflightsOf(repository: Repository, { framework, app, where }: Server): AccessEntry[] {
  const isAdded = app.files.some(
    ({ path, role }) => role === 'source' && mayImport(repository, path, /^(?:@fastify\/cors|fastify-cors)$/),
  );
  if (framework !== 'fastify' || !isAdded) return [];
  const why = 'what browsers ask before a page from elsewhere may call; the list of origins answers it first';
  return [{ key: 'OPTIONS *', where, kind: 'user', why, rule: "'user'" }];
}

/** Something is done there, more than showing a page. */
function isWork({ method }: Route): boolean {
  return method === 'POST' || method === 'ALL';
}

const mostOpened = 40;

function staticEntries(
  repository: Repository,
  server: Server,
  { path, folder, where }: StaticFolder,
  pages: 'open' | 'user',
): readonly AccessEntry[] {
  const at = path.replace(/\/?\*?$/, '') || '/';
  const key = `${keyForFolder(server, at)}`;
  const isPublic = folder !== undefined && !isSameFolder(folder, server.app.root) && pages === 'open';
  if (at !== '/' && isPublic)
    return [{ key, where, kind: 'open', why: 'files of its pages', rule: openRule('files of its pages') }];
  const closed: AccessEntry = { key, where, kind: 'user', rule: "'user'", why: 'files of its pages' };
  if (!isPublic) return [closed];
  // All of the app lies below '/': what is open there is named, file by file.
  const why = 'a file of its pages';
  const names = topOf(repository, folder);
  const opened = names
    .slice(0, mostOpened)
    .map((name): AccessEntry => ({ key: name, where, kind: 'open', why, rule: openRule(why) }));
  return [closed, ...opened];
}

function keyForFolder({ framework }: Server, at: string): string {
  if (framework === 'fastify') return `GET ${at === '/' ? '' : at}/*`;
  return `USE ${at}`;
}

/** What a folder holds at its top, as keys: `GET /style.css`, `USE /images`. */
function topOf({ files }: Repository, folder: string): string[] {
  const inside = files.flatMap(({ path }) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));
  const tops = new Set(inside.map((path) => (path.includes('/') ? `USE /${path.split('/')[0]}` : `GET /${path}`)));
  if (tops.has('GET /index.html')) tops.add('GET /');
  return [...tops].filter((key) => /^[\w\-~@+,=./ ]+$/.test(key) && !/\/\./.test(key)).toSorted();
}

/** The first entry of a key holds, unless a later one is stricter. */
function distinct(entries: readonly AccessEntry[]): AccessEntry[] {
  const byKey = new Map<string, AccessEntry>();
  for (const { key, rule, why, where, kind } of entries) {
    const known = byKey.get(key);
    if (!known || (known.kind === 'open' && kind === 'user')) byKey.set(key, { key, rule, why, where, kind });
  }
  return [...byKey.values()];
}
