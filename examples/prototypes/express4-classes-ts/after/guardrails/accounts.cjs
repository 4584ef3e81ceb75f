// Who signs in by a password, and what keeps them signed in.
'use strict';

const { findPerson, knowsPassword } = require('./people.cjs');
const { forgetSession, readSession, writeSession } = require('./session.cjs');

/** What somebody gets who knows the password; undefined for everybody else, after as much work. */
async function beginSession(email, password) {
  const person = findPerson(email);
  if (!(await knowsPassword(person, password)) || !person) return undefined;
  return { userId: person.email, token: writeSession(person.email, person.mark) };
}

/** Whose session this is; undefined when it is none, or not any more. */
async function userWith(token) {
  const session = readSession(token);
  const person = session && findPerson(session.email);
  // A new password ends the sessions that the old one has begun.
  if (!person || person.mark !== session.mark) return undefined;
  return { id: person.email, email: person.email, roles: person.roles };
}

/** Ends a session. */
async function endSession(token) {
  forgetSession(token);
}

module.exports = { beginSession, userWith, endSession };
