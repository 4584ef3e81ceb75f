// Says what a setting is: how its text is read, what it is for, and whether it is a secret.

/** One value that the guards read from outside. */
export interface Setting<Value> {
  readonly kind: 'setting' | 'secret';
  /** Reads the text that was given; undefined when none was. Throws what is wrong with it. */
  readonly read: (given: string | undefined) => Value;
  /** What it is for, in plain words. */
  readonly about: string;
}

/** A plain value: it may have a default, and it may be shown. */
export function setting<Value>(read: (given: string | undefined) => Value, about: string): Setting<Value> {
  return { kind: 'setting', read, about };
}

/** A secret: always given from outside, never shown. */
export function secret<Value>(read: (given: string | undefined) => Value, about: string): Setting<Value> {
  return { kind: 'secret', read, about };
}

/** Any text; `standard` when none is given. */
export function text(standard: string): (given: string | undefined) => string {
  return (given = standard) => given;
}

/** A text that has to be given, and has at least so many characters. */
export function required(shortest = 1): (given: string | undefined) => string {
  return (given = '') => {
    if (given === '') throw new Error('is missing');
    if (given.length < shortest) throw new Error(`must have at least ${shortest} characters`);
    return given;
  };
}

/** A text that may be left out; when given, it has at least so many characters. */
export function optional(shortest: number): (given: string | undefined) => string {
  return (given = '') => {
    if (given !== '' && given.length < shortest) throw new Error(`must have at least ${shortest} characters`);
    return given;
  };
}

/** One of these words; the first when none is given. */
export function oneOf<Word extends string>(...words: [Word, ...Word[]]): (given: string | undefined) => Word {
  return (given = words[0]) => {
    const word = words.find((each) => each === given);
    if (word === undefined) throw new Error(`must be one of ${words.join(', ')}`);
    return word;
  };
}

/** A whole number between two others; `standard` when none is given. */
export function whole(standard: number, least: number, most: number): (given: string | undefined) => number {
  return (given = String(standard)) => {
    const number = Number(given);
    if (!Number.isInteger(number) || number < least || number > most)
      throw new Error(`must be a whole number from ${least} to ${most}`);
    return number;
  };
}

/** Another value where none is given and tests have loaded the app into their own process: those were written before there were guards. */
export function inOwnTests<Value>(
  word: string,
  read: (given: string | undefined) => Value,
): (given: string | undefined) => Value {
  return (given) => read(given ?? (isInTests() ? word : undefined));
}

/** Jest, Vitest and node --test say so in the environment, Mocha by its global functions. */
function isInTests(): boolean {
  const { JEST_WORKER_ID, NODE_TEST_CONTEXT, VITEST } = process.env;
  const { describe, it } = globalThis as { describe?: unknown; it?: unknown };
  return (
    Boolean(JEST_WORKER_ID ?? NODE_TEST_CONTEXT ?? VITEST) ||
    (typeof describe === 'function' && typeof it === 'function')
  );
}
