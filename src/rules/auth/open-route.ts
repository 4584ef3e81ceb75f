import type { Method, Route } from '../../frameworks/server.ts';

/** What a stranger can do through an open route, in words: `delete any order`. */
export function harmOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const verb = verbs[method];
  const parts = path.split('/').filter((part) => part !== '');
  const isOne = /^[:{[]/.test(parts.at(-1) ?? '');
  const noun = parts.findLast((part) => /^[a-z][\w-]{2,}$/i.test(part) && !emptyWords.test(part));
  if (!verb || !noun || /[\\^$*(]/.test(path)) return `use ${method === 'ALL' ? path : nameOf({ method, path })}`;
  const words = noun.replaceAll(/[-_]+|(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  if (actions.test(words)) return words;
  const plural = /[^s]s$/.test(words);
  if (isOne) return `${verb} any ${plural ? singular(words) : words}`;
  if (method === 'GET') return plural ? `read all ${words}` : `read ${words}`;
  const adds = plural || /^(?:new|add|create)$/i.test(parts.at(-1) ?? '');
  if (method === 'POST') return adds ? `add ${words}` : `use ${words}`;
  return `${verb} ${words}`;
}

/** Parts of a path that say nothing of what lies behind it. */
const emptyWords =
  /^(?:api|rest|v\d+|new|edit|show|list|all|view|detail|details|create|update|delete|remove|add|get|find|save|index)$/i;
/** Paths that say what they do: `delete user`. */
const actions =
  /^(?:add|create|delete|remove|update|edit|upload|send|save|reset|generate|process|confirm|cancel|approve|export|import) \w/;

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

/** Routes that write come before routes that read. */
export function byDanger(one: Pick<Route, 'method'>, other: Pick<Route, 'method'>): number {
  return order.indexOf(one.method) - order.indexOf(other.method);
}

const order: readonly Method[] = ['DELETE', 'PUT', 'PATCH', 'POST', 'ALL', 'GET', 'HEAD', 'OPTIONS'];

/** How a route is named: `DELETE /orders/:id`. */
export function nameOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method === 'ALL' ? 'any method of' : method} ${path}`;
}
