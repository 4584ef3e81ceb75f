// Makes the settings read-only, and makes sure that printing or copying them shows no secret.
import { inspect } from 'node:util';

/** A frozen object of the values. Secrets are read by name only: they are in no copy, no JSON, no log. */
export function seal(values: ReadonlyMap<string, unknown>, secrets: readonly string[]): object {
  const sealed = {};
  for (const [name, value] of values) {
    Object.defineProperty(sealed, name, { value, enumerable: !secrets.includes(name) });
  }
  const shown = Object.fromEntries(
    [...values.keys()].map((name) => [name, secrets.includes(name) ? '(secret)' : '(set)']),
  );
  for (const key of ['toJSON', inspect.custom]) Object.defineProperty(sealed, key, { value: () => shown });
  Object.defineProperty(sealed, 'toString', { value: () => `config of ${[...values.keys()].join(', ')}` });
  return Object.freeze(sealed);
}
