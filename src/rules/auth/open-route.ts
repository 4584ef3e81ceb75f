import type { Method, Route } from '../../frameworks/server.ts';

/** What a stranger can do through an open route, in words: `delete any order`. */
export function harmOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const plain = path.replaceAll(/(:\w+)\([^)]*\)/g, '$1');
  if (/[*\\^$(]/.test(plain) || method === 'ALL') return harmBelow(plain);
  const parts = plain.split('/').filter((part) => part !== '');
  const last = parts.findLast((part) => !/^[:{[]/.test(part)) ?? '';
  const said = verbSaidIn(last, method);
  const isOne = /^[:{[]/.test(parts.at(said && parts.at(-1) === last ? -2 : -1) ?? '');
  const verb = said ?? verbs[method];
  const noun = parts.findLast((part) => /^[a-z][\w-]{2,}$/i.test(part) && !emptyWords.test(part));
  if (!verb || !noun) return `use ${nameOf({ method, path })}`;
  const words = noun
    .replaceAll(/[-_]+|(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/^(?:get|list|fetch|read|show|find|load) (?=\w)/, '');
  if (method === 'POST' && words !== noun && /^(?:get|list|fetch|read|show|find|load)/i.test(noun))
    return `read ${words}`;
  if (actions.test(words)) return words;
  const isMany = /[^s]s$/.test(words) && !/(?:status|stats|metrics|news|settings|progress)$/.test(words);
  if (method === 'POST' && !said && !isOne) return harmOfSending(words, isMany);
  if (verb === 'add') return `add ${words}`;
  if (isOne || (said && !isMany)) return `${verb} any ${isMany ? singular(words) : words}`;
  return verb === 'read' && isMany ? `read all ${words}` : `${verb} ${words}`;
}

/** What the last part of a path says is done. Asking for a page that shows a form changes nothing yet. */
function verbSaidIn(part: string, method: Method): string | undefined {
  const verb = verbsInPaths[part.toLowerCase()];
  return method === 'GET' && verb !== 'delete' ? undefined : verb;
}

function harmOfSending(words: string, isMany: boolean): string {
  if (deeds.test(words)) return `${words} what they like`;
  return isMany ? `add ${words}` : `send what they like to ${words}`;
}

/** What a stranger can do where one handler answers for many addresses. */
function harmBelow(path: string): string {
  const fixed = /^((?:\/[\w.-]+)*)\/?[*:]?\w*$/.exec(path)?.[1];
  if (fixed === undefined) return `use what answers ${path}`;
  if (path.endsWith('*')) return fixed === '' ? 'use everything that it serves' : `use everything below ${fixed}`;
  return `use ${path === '' ? '/' : path}`;
}

/** Last parts of a path that say what is done: `POST /item/delete`. */
const verbsInPaths: Readonly<Record<string, string>> = {
  delete: 'delete',
  remove: 'delete',
  destroy: 'delete',
  update: 'change',
  edit: 'change',
  change: 'change',
  modify: 'change',
  create: 'add',
  add: 'add',
  new: 'add',
  toggle: 'toggle',
  cancel: 'cancel',
  approve: 'approve',
  reject: 'reject',
  publish: 'publish',
  archive: 'archive',
  complete: 'complete',
};
/** Words that say what is done when something is sent. */
const deeds = /^(?:upload|generate|process|translate|summari[sz]e|transcribe|import)$/;

/** Parts of a path that say nothing of what lies behind it. */
const emptyWords =
  /^(?:api|rest|v\d+|new|edit|show|list|all|view|detail|details|create|update|delete|remove|destroy|change|modify|toggle|cancel|approve|reject|publish|archive|complete|add|get|get-?all|find|save|index)$/i;
/** Paths that say what they do: `delete user`. */
const actions =
  /^(?:add|create|delete|remove|update|edit|upload|send|save|reset|generate|process|confirm|cancel|change|set|pin|ask|handle|validate|check|track|insert|register|submit|book|pay|subscribe|run|start|stop|approve|export|import) \w/;

const verbs: Partial<Record<Method, string>> = {
  GET: 'read',
  POST: 'change',
  PUT: 'change',
  PATCH: 'change',
  DELETE: 'delete',
};

function singular(words: string): string {
  if (words.endsWith('ies')) return `${words.slice(0, -3)}y`;
  return /(?:ss|x|ch|sh)es$/.test(words) ? words.slice(0, -2) : words.slice(0, -1);
}

/** What hurts most comes first: what destroys, then what gives everything away, what writes, what gives one thing away, and last a landing page. */
export function byDanger(one: Pick<Route, 'method' | 'path'>, other: Pick<Route, 'method' | 'path'>): number {
  return dangerOf(one) - dangerOf(other) || order.indexOf(one.method) - order.indexOf(other.method);
}

function dangerOf(route: Pick<Route, 'method' | 'path'>): number {
  const harm = harmOf(route);
  if (route.method === 'DELETE' || /^(?:delete|remove) /.test(harm)) return 0;
  if (harm.startsWith('read all ')) return 1;
  if (route.method !== 'GET' && route.method !== 'HEAD') return 2;
  return /^\/?(?:index(?:\.html)?|home|welcome)?$/.test(route.path) ? 4 : 3;
}

const order: readonly Method[] = ['DELETE', 'PUT', 'PATCH', 'POST', 'ALL', 'GET', 'HEAD', 'OPTIONS'];

/** How a route is named: `DELETE /orders/:id`. */
export function nameOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  if (method === 'ALL') return /^\/?\*$/.test(path) ? 'any request' : `any method of ${path}`;
  return `${method} ${path}`;
}
