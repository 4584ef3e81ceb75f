// What the commands about users have in common: they read whom it is about, say what they did, and show a password once or never.
'use strict';

const { randomBytes } = require('node:crypto');
const { isLongEnough } = require('./password-rule.cjs');

// Read before the settings are: the log of the app is for the app.
process.env['LOG_LEVEL'] = 'error';

/** The e-mail address and the roles that a command was given. */
function readPerson(words = process.argv.slice(2)) {
  const [email = '', ...roles] = words;
  if (!/^[^\s:,<>"]+@[^\s:,<>"]+$/.test(email)) throw new Error('say whom: an e-mail address, and after it the roles');
  if (!roles.every((role) => /^[\w-]+$/.test(role))) throw new Error('roles have letters and digits only');
  return { email: email.toLowerCase(), roles };
}

/** The password in NEW_PASSWORD, or a new one that is told this one time: it is kept nowhere. */
function newPassword() {
  const given = process.env['NEW_PASSWORD'];
  if (!given) {
    const password = randomBytes(15).toString('base64url');
    return { password, told: password };
  }
  if (!isLongEnough(given)) throw new Error('NEW_PASSWORD must have 12 to 128 characters');
  return { password: given, told: '(as given)' };
}

/** Runs a command: its text to the standard output, what went wrong to the other one. */
async function report(command) {
  try {
    process.stdout.write(`${await command()}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

module.exports = { readPerson, newPassword, report };
