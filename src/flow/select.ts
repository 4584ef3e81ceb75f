import { didYouMean } from '../answers/nearest.ts';
import { KnownError } from '../errors.ts';
import type { Rule } from '../rules/rule.ts';

/** Which rules are asked: ids or groups. Nothing in `only` means all. */
export interface Selection {
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** Tells whether a rule is asked. Throws on a name that is neither a rule nor a group. */
export function selector({ only, skip }: Selection, ids: readonly string[]): (id: string) => boolean {
  refuseUnknown(only, '--only', ids);
  refuseUnknown(skip, '--skip', ids);
  return (id) => (only.length === 0 || named(id, only)) && !named(id, skip);
}

function named(id: string, names: readonly string[]): boolean {
  return names.some((name) => name === id || id.startsWith(`${name}/`));
}

/** The rule of an id. Throws where there is none, with the nearest name. */
export function ruleCalled(id: string, rules: readonly Rule[]): Rule {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule) return rule;
  throw unknownRule(
    id,
    'explain',
    rules.map((known) => known.id),
  );
}

function refuseUnknown(names: readonly string[], flag: string, ids: readonly string[]): void {
  const groups = [...new Set(ids.map((id) => id.slice(0, id.indexOf('/'))))];
  const unknown = names.find((name) => !ids.includes(name) && !groups.includes(name));
  if (unknown !== undefined) throw unknownRule(unknown, flag, [...ids, ...groups]);
}

function unknownRule(name: string, where: string, known: readonly string[]): KnownError {
  const slug = known.find((id) => id.endsWith(`/${name}`));
  const hint = slug === undefined ? didYouMean(name, known) : `Did you mean ${slug}?`;
  return new KnownError({
    code: 'unknown-rule',
    what: `There is no rule "${name}". ${hint ?? ''}`.trim(),
    where,
    next: 'npx create-shipshape@latest explain lists every rule.',
  });
}
