// What a password must be: long. Any characters are allowed, and nobody is told to change it every month.
'use strict';

/** Whether a password is long enough; so long that hashing it takes forever it may not be. */
function isLongEnough(password) {
  return password.length >= 12 && password.length <= 128;
}

module.exports = { isLongEnough };
