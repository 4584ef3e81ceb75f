import { shown } from '../../../flow/shown.ts';

/** A rule of the access table as people read it: `anybody: asked by the load balancer`. */
export function callersInWords(rule: string | undefined): string {
  if (rule === undefined) return 'nobody, unless a list says so';
  const reason = /^open\((['"`])((?:\\.|(?!\1).)*)\1\)$/s.exec(rule)?.[2];
  if (reason !== undefined) return `anybody: ${shown(reason.replaceAll(/\\(.)/g, '$1'))}`;
  if (/^['"]user['"]$/.test(rule)) return 'whoever is signed in';
  const roles = /^(anyOf|allOf)\(([^()]*)\)$/.exec(rule);
  const names = roles?.[2]?.match(/[\w-]+/g);
  if (names) return `whoever is ${names.map(shown).join(roles?.[1] === 'allOf' ? ' and ' : ' or ')}`;
  return shown(rule);
}
