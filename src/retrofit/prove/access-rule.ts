import type { Question } from './question.ts';

/** Whom the access table lets in: everybody, somebody who is signed in, or (where nothing is) whoever the app finds it right to tell so. */
export type Allowed = 'everybody' | 'signed-in' | 'either';

/** What an access table says about a question. What is not listed is for nobody who is not known. */
export function allowedBy(access: ReadonlyMap<string, string>, { key, method, path, about }: Question): Allowed {
  const rule = exactRule(access, key) ?? (about === 'route' ? undefined : nearestRule(access, method, path));
  if (rule === undefined || !/^\s*(?:open|signed)\(/.test(rule)) return 'signed-in';
  return about === 'nothing' ? 'either' : 'everybody';
}

/** Every role that the table asks for. */
export function rolesIn(access: ReadonlyMap<string, string>): string[] {
  const lists = [...access.values()].flatMap((rule) => /anyOf\(([^)]*)\)/.exec(rule)?.[1] ?? []);
  return [...new Set(lists.flatMap((list) => [...list.matchAll(/['"`]([\w-]+)['"`]/g)].map(([, role = '']) => role)))];
}

function exactRule(access: ReadonlyMap<string, string>, key: string): string | undefined {
  const wanted = bare(key);
  for (const [listed, rule] of access) if (bare(listed) === wanted) return rule;
  return undefined;
}

/** The rule of the nearest folder or catch-all above an address. */
function nearestRule(access: ReadonlyMap<string, string>, method: string, path: string): string | undefined {
  let nearest: { readonly length: number; readonly rule: string } | undefined;
  for (const [listed, rule] of access) {
    const [verb = '', pattern = ''] = listed.split(' ');
    const isWide = verb === 'USE' || pattern.includes('*');
    if (!isWide || !['USE', 'ALL', method].includes(verb)) continue;
    const folder = pattern.split(/[*{(:]/)[0]!.replace(/\/$/, '');
    if (`${path}/`.startsWith(`${folder}/`) && folder.length >= (nearest?.length ?? 0))
      nearest = { length: folder.length, rule };
  }
  return nearest?.rule;
}

/** Names of parameters and slashes at the end do not count; nor does how a pattern is set off. */
function bare(key: string): string {
  return key
    .replaceAll(/\s+\/?/g, ' /')
    .replaceAll(/[:{]\w+\}?\??/g, ':')
    .replace(/(?<=\S\/.+)\/$/, '');
}
