import type { Method, Route } from '../../frameworks/server.ts';

/** What a stranger can do through an open route, in words: `delete any order`. */
export function harmOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const verb = verbs[method];
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  const isOne = /^[:{[]/.test(last);
  const noun = parts.findLast((part) => /^[a-z][\w-]*$/i.test(part) && !/^(?:api|v\d+|rest)$/i.test(part));
  if (!verb || !noun || /[\\^$*(]/.test(path)) return `use ${method === 'ALL' ? path : `${method} ${path}`}`;
  const words = noun.replaceAll(/[-_]+|(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  const plural = /[^s]s$/.test(words);
  if (isOne) return `${verb} any ${plural ? singular(words) : words}`;
  if (method === 'GET') return plural ? `read all ${words}` : `read ${words}`;
  if (method === 'POST') return plural ? `add ${words}` : `use ${words}`;
  return `${verb} ${words}`;
}

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
