// What every place that keeps secrets has in common: it is asked for names and gives what it has, or says why it cannot.

/** The environment variables that a source may use to find its own address and key. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A place that keeps secrets. */
export interface SecretSource {
  readonly name: string;
  /** The values of the asked names that it has; a name that it does not have is left out. Throws a SourceError. */
  fetch(names: readonly string[]): Promise<Record<string, string>>;
  /** The asked names that it has, for a source that can tell without its key. */
  holds?(names: readonly string[]): Promise<readonly string[]>;
}

/** A source could not be asked. Its message never contains a value, and says what to do next. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  constructor(source: string, what: string, next: string) {
    super(`${source}: ${what} Next: ${next}`);
  }
}

/** Of everything that a source keeps, the asked names that have a text. */
export function pick(kept: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, string> {
  const asked = names.map((name) => [name, Object.hasOwn(kept, name) ? kept[name] : undefined]);
  return Object.fromEntries(asked.filter(([, value]) => typeof value === 'string' && value !== ''));
}

/** How long a source over the network may take, in milliseconds. */
export function patience(environment: Environment): number {
  return Number(environment.SECRETS_TIMEOUT_MS) || 5000;
}
