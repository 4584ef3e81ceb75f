import { envNameFor } from './env-name.ts';
import type { Slot } from './slot.ts';
import type { Target } from './target.ts';

/** The variable of each credential: equal values have one name, and each name one value. */
export function namesOf(
  jobs: readonly { readonly target: Target; readonly slot: Slot }[],
  known: ReadonlyMap<string, string>,
): ReadonlyMap<Target, string> {
  const names = new Map<Target, string>();
  const byValue = new Map<string, string>();
  const values = new Map<string, string>(known);
  for (const { target, slot } of jobs) {
    const name = /^process\.env\.(\w+)$/.exec(target.value)?.[1] ?? ('name' in slot ? slot.name : undefined);
    if (name === undefined) continue;
    names.set(target, name);
    if (!byValue.has(keyOf(target))) byValue.set(keyOf(target), name);
    if (!values.has(name)) values.set(name, target.value);
  }
  const others = jobs.filter(({ target }) => !names.has(target));
  for (const key of new Set(others.map(({ target }) => keyOf(target)))) {
    const same = others.filter(({ target }) => keyOf(target) === key).map(({ target }) => target);
    const value = same[0]?.value ?? '';
    const name = byValue.get(key) ?? setTo(known, value) ?? free(bestOf(same.map(envNameFor)), value, values);
    values.set(name, value);
    for (const target of same) names.set(target, name);
  }
  return names;
}

/** Long values are equal because they are the same; short ones may be so by chance, and then belong together only when they are of one kind. */
function keyOf({ value, sighting: { kind } }: Target): string {
  return value.length >= 12 ? value : `${kind} ${value}`;
}

function setTo(known: ReadonlyMap<string, string>, value: string): string | undefined {
  return [...known].find(([, other]) => other === value)?.[0];
}

/** Of several, the one that says most: a name of the program's own before one that only says what it is. */
function bestOf(names: readonly string[]): string {
  return names.find((name) => !name.startsWith('APP_')) ?? names[0] ?? 'APP_SECRET';
}

function free(name: string, value: string, values: ReadonlyMap<string, string>): string {
  for (let count = 1; ; count++) {
    const other = count === 1 ? name : `${name}_${count}`;
    const set = values.get(other);
    if (set === undefined || set === value) return other;
  }
}
