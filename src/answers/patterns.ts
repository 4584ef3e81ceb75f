/** `@person`, or `@organisation/team`. */
export const handle =
  /^@[A-Za-z\d](?:[A-Za-z\d]|[-_.](?=[A-Za-z\d])){0,38}(?:\/[A-Za-z\d](?:[A-Za-z\d]|[-_.](?=[A-Za-z\d])){0,99})*$/;

/** An e-mail address as people have them; quoted local parts are left out on purpose. */
export const email =
  /^[A-Za-z\d][A-Za-z\d._%+-]{0,63}@(?:[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?\.)+[A-Za-z]{2,63}$/;

/** A telephone number with its country: `+49 30 1234567`. */
export const telephone = /^\+\d[\d -]{5,20}\d$/;

/** An https address without characters that a shell, YAML or Markdown would read as something else. */
export const address = /^https:\/\/[A-Za-z\d.-]+(?::\d+)?(?:\/[\w:/.?&=%~@+-]*)?$/;

/** The domain of e-mail addresses, in lower case. */
export const domain = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/;

/** A person: a handle or an e-mail address. */
export const person = either(handle, email);

/** Where an alarm can go. */
export const onCall = either(handle, email, telephone, address);

/** `closed`, `invite`, `open` or `domain:example.com`. */
export const signUp = /^(?:closed|invite|open|domain:(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63})$/;

/** A day, `2027-01-31`, or a number of days, `60d`. */
export const dayOrDays = /^(?:\d{4}-\d\d-\d\d|\d+d)$/;

function either(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'));
}
