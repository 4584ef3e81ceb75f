// Says what a setting is: how its text is read, what it is for, and whether it is a secret.

/** A plain value: it may have a default, and it may be shown. */
export function setting(read, about) {
  return { kind: 'setting', read, about };
}

/** A secret: always given from outside, never shown. */
export function secret(read, about) {
  return { kind: 'secret', read, about };
}

/** Any text; `standard` when none is given. */
export function text(standard) {
  return (given = standard) => given;
}

/** A text that has to be given, and has at least so many characters. */
export function required(shortest = 1) {
  return (given = '') => {
    if (given === '') throw new Error('is missing');
    if (given.length < shortest) throw new Error(`must have at least ${shortest} characters`);
    return given;
  };
}

/** A text that may be left out; when given, it has at least so many characters. */
export function optional(shortest) {
  return (given = '') => {
    if (given !== '' && given.length < shortest) throw new Error(`must have at least ${shortest} characters`);
    return given;
  };
}

/** One of these words; the first when none is given. */
export function oneOf(...words) {
  return (given = words[0]) => {
    const word = words.find((each) => each === given);
    if (word === undefined) throw new Error(`must be one of ${words.join(', ')}`);
    return word;
  };
}

/** A whole number between two others; `standard` when none is given. */
export function whole(standard, least, most) {
  return (given = String(standard)) => {
    const number = Number(given);
    if (!Number.isInteger(number) || number < least || number > most)
      throw new Error(`must be a whole number from ${least} to ${most}`);
    return number;
  };
}

/** Another value where none is given and tests have loaded the app into their own process: those were written before there were guards. */
export function inOwnTests(word, read) {
  return (given) => read(given ?? (isInTests() ? word : undefined));
}

/** Jest, Vitest and node --test say so in the environment, Mocha by its global functions. */
function isInTests() {
  const { JEST_WORKER_ID, NODE_TEST_CONTEXT, VITEST } = process.env;
  const { describe, it } = globalThis;
  return (
    Boolean(JEST_WORKER_ID ?? NODE_TEST_CONTEXT ?? VITEST) ||
    (typeof describe === 'function' && typeof it === 'function')
  );
}
