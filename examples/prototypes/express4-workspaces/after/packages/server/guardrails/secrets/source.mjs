// What every place that keeps secrets has in common: it is asked for names and gives what it has, or says why it cannot.

/** A source could not be asked. Its message never contains a value, and says what to do next. */
export class SourceError extends Error {
  name = 'SourceError';
  constructor(source, what, next) {
    super(`${source}: ${what} Next: ${next}`);
  }
}

/** Of everything that a source keeps, the asked names that have a text. */
export function pick(kept, names) {
  const asked = names.map((name) => [name, Object.hasOwn(kept, name) ? kept[name] : undefined]);
  return Object.fromEntries(asked.filter(([, value]) => typeof value === 'string' && value !== ''));
}

/** How long a source over the network may take, in milliseconds. */
export function patience(environment) {
  return Number(environment.SECRETS_TIMEOUT_MS) || 5000;
}
