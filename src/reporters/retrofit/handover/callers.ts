import type { RouteProof } from '../../../retrofit/proof.ts';
import { shown } from '../../../flow/shown.ts';

/** Who may call a route: by the access table, or else by what was seen when it was tried. */
export function callersOf(route: RouteProof, access: ReadonlyMap<string, string>): string {
  const rule = access.get(route.key) ?? folderRule(route.key, access);
  if (rule !== undefined) return callersInWords(rule);
  if (/^(?:40[137]|30\d to \S*sign-?in)/.test(route.stranger)) return callersInWords("'user'");
  return route.stranger === route.before ? 'anybody' : 'not told';
}

/** The rule of the nearest folder above an address. */
function folderRule(key: string, access: ReadonlyMap<string, string>): string | undefined {
  const path = `${key.slice(key.indexOf(' ') + 1)}/`;
  const above = [...access].filter(
    ([listed]) => listed.startsWith('USE /') && path.startsWith(`${listed.slice(4).replace(/\/$/, '')}/`),
  );
  return above.toSorted(([one], [other]) => other.length - one.length)[0]?.[1];
}

/** A rule of the access table as people read it: `anybody: asked by the load balancer`. */
export function callersInWords(rule: string | undefined): string {
  if (rule === undefined) return 'nobody, unless a list says so';
  const reason = reasonOf(rule);
  if (reason !== undefined)
    return isOwnCheck(reason) ? `whom the project lets in: ${shown(reason)}` : `anybody: ${shown(reason)}`;
  if (/^['"]user['"]$/.test(rule)) return 'whoever is signed in';
  if (rule.startsWith('signed(')) return 'whoever signs the call';
  const roles = /^(anyOf|allOf)\(([^()]*)\)$/.exec(rule);
  const names = roles?.[2]?.match(/[\w-]+/g);
  if (names) return `whoever is ${names.map(shown).join(roles?.[1] === 'allOf' ? ' and ' : ' or ')}`;
  return shown(rule);
}

/** True for a rule that lets anybody in, and not for one that leaves the answer to the project's own code. */
export function isOpen(rule: string): boolean {
  const reason = reasonOf(rule);
  return reason !== undefined && !isOwnCheck(reason);
}

function reasonOf(rule: string): string | undefined {
  const reason = /^open\((['"`])((?:\\.|(?!\1).)*)\1\)$/s.exec(rule)?.[2];
  return reason?.replaceAll(/\\(.)/g, '$1');
}

/** What a retrofit writes where the project refuses strangers itself: the guards keep out of its way. */
function isOwnCheck(reason: string): boolean {
  return /^its own check\b/.test(reason);
}
