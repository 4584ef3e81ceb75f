import { callablePath } from '../../boot/ask.ts';
import type { LiveRoute } from '../../boot/protocol.ts';
import type { ServedRoot } from '../../dialect/public-files-file.ts';
import type { Server } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { isSameFolder, servedRootOf } from '../served-root.ts';
import type { ProveOptions } from './options.ts';

/** One thing that is asked of the app before and after. */
export interface Question {
  /** As in the access table: `GET /orders/:id`. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** A route of the app, a door beside its routes, a file that it serves, or an address at which there is nothing. */
  readonly about: 'route' | 'door' | 'file' | 'nothing';
  /** True when the handler may be called; else the question ends in front of it. */
  readonly calls: boolean;
  /** What the one who asks can show; anything where it is left out. */
  readonly accept?: string;
  /** How long an answer may take, where that is longer than usual. */
  readonly milliseconds?: number;
  /** True where a connection is asked for that stays open. */
  readonly upgrade?: boolean;
}

/** A route that cannot be asked, and why. */
export interface Unasked {
  readonly key: string;
  readonly why: string;
}

const asked = new Set(['GET', 'ALL', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** What can be asked of an app whose framework has these routes, and what cannot. */
export function questionsFor(
  server: Server,
  live: readonly LiveRoute[],
  { repository, level, access }: Pick<ProveOptions, 'repository' | 'level' | 'access'>,
): { readonly questions: readonly Question[]; readonly unasked: readonly Unasked[] } {
  const routes: readonly LiveRoute[] =
    live.length > 0
      ? live
      : server.routes.map((route) => ({ ...route, framework: server.framework, stoppable: isBare(server) }));
  const questions = new Map<string, Question>();
  const unasked: Unasked[] = [];
  for (const route of routes.filter(({ method }) => asked.has(method))) {
    const found = questionAbout(route, level);
    if ('why' in found) unasked.push(found);
    else if (!questions.has(found.key)) questions.set(found.key, found);
  }
  for (const door of doorsIn(access)) questions.set(door.key, door);
  const add = (path: string, about: Question['about']): void => {
    const isKnown = [...questions.values()].some((other) => other.method === 'GET' && other.path === path);
    if (!isKnown) questions.set(`GET ${path}`, { key: `GET ${path}`, method: 'GET', path, about, calls: true });
  };
  for (const path of filesServed(server, repository)) add(path, 'file');
  add('/', server.statics.some(({ path }) => path === '/') ? 'file' : 'nothing');
  add('/no/such/address/in/this/app', 'nothing');
  // It builds a page when somebody asks for it.
  const patience = server.framework === 'next' ? { milliseconds: 20_000 } : {};
  const all = [...questions.values()].toSorted(readsFirst).map((question) => ({ ...question, ...patience }));
  return { questions: all, unasked };
}

/** A server of Node itself has no routes to walk up to: the function that answers everything is where a request comes to. */
function isBare({ framework }: Server): boolean {
  return framework === 'node-http';
}

function questionAbout(route: LiveRoute, level: 'usual' | 'full'): Question | Unasked {
  const { method, stoppable } = route;
  const key = `${method} ${route.path}`;
  const path = pathFor(route.path);
  if (path === undefined) return { key, why: 'no address is known that this pattern takes' };
  const isRead = method === 'GET' || method === 'ALL';
  if (!isRead && !stoppable && level === 'usual')
    return { key, why: 'it may write, and here it cannot be asked without calling it; --prove=full calls it' };
  return { key, method: method === 'ALL' ? 'GET' : method, path, about: 'route', calls: isRead || level === 'full' };
}

/** What answers beside the routes of an app, as the access table has it: `UPGRADE /live`, `USE /socket.io`. */
function doorsIn(access: ReadonlyMap<string, string>): Question[] {
  return [...access.keys()].flatMap((key): Question[] => {
    const [method = '', path = ''] = key.split(' ');
    const isSocketIo = [...access.keys()].includes(`USE ${path}`) && access.has(`UPGRADE ${path}`);
    const upgrade = method === 'UPGRADE';
    if (!upgrade && !(isSocketIo && method === 'USE')) return [];
    // The transport as socket.io names it, in the protocol that its versions 3 and 4 speak.
    const query = isSocketIo ? `/?EIO=4&transport=${upgrade ? 'websocket' : 'polling'}` : '';
    const callable = pathFor(path);
    if (callable === undefined) return [];
    return [{ key, method: 'GET', path: `${callable}${query}`, about: 'door', calls: true, upgrade }];
  });
}

function readsFirst(one: Question, other: Question): number {
  return Number(one.method !== 'GET') - Number(other.method !== 'GET');
}

/** A path that a pattern takes. */
function pathFor(pattern: string): string | undefined {
  if (/^\/?\*$/.test(pattern)) return '/any-address';
  const regular = /^\/*(\/\^?.*\/[a-z]*|\^.*)$/.exec(pattern)?.[1];
  return (regular !== undefined && /[\\^$]/.test(regular) ? sampleOf(regular) : undefined) ?? callablePath(pattern);
}

/** The plain beginning of a regular expression, where it takes that. */
function sampleOf(written: string): string | undefined {
  const source = written.replace(/^\//, '').replace(/(?<!\\)\/[a-z]*$/, '');
  const plain = /^\^?((?:\\\/|\/|[\w-])+)/.exec(source)?.[1]?.replaceAll('\\', '');
  try {
    return plain?.startsWith('/') && new RegExp(source).test(plain) ? plain : undefined;
  } catch {
    return undefined;
  }
}

const mostFiles = 4;

/** Addresses of a few files in each folder that is served. */
function filesServed(server: Server, repository: Repository): string[] {
  const { statics, app } = server;
  const isPublic = publicIn(servedRootOf(repository, server));
  return statics.flatMap(({ path, folder }) => {
    if (folder === undefined || /[:*{(]/.test(path)) return [];
    const holdsCode = isSameFolder(folder, app.root);
    const top = folder === '' || folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
    const mount = path.replace(/\/$/, '');
    return repository.files
      .filter((file) => file.path.startsWith(top) && /\.(?:html|css|js|svg|png|txt|ico|json)$/.test(file.path))
      .map((file) => file.path.slice(top.length))
      .filter((inside) => /^[\w./-]+$/.test(inside) && !/(?:^|\/)[._]/.test(inside))
      .filter((inside) => !holdsCode || isPublic(`/${inside}`))
      .toSorted((one, other) => one.split('/').length - other.split('/').length)
      .slice(0, mostFiles)
      .map((inside) => `${mount}/${inside}`);
  });
}

/** Where the folder with the app's own code is served, only what pages need stays within reach: the rest is meant to be gone. */
function publicIn(root: ServedRoot | undefined): (path: string) => boolean {
  return (path) => root?.files.some((entry) => (entry.endsWith('/') ? path.startsWith(entry) : path === entry)) ?? true;
}
