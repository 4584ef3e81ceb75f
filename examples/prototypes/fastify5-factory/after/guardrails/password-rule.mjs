// What a password must be: long. Any characters are allowed, and nobody is told to change it every month.

/** Whether a password is long enough; so long that hashing it takes forever it may not be. */
export function isLongEnough(password) {
  return password.length >= 12 && password.length <= 128;
}
