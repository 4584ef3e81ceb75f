// Who signs in by a password, and what keeps them signed in.
import { findPerson, knowsPassword } from './people.mjs';
import { forgetSession, readSession, writeSession } from './session.mjs';

/** What somebody gets who knows the password; undefined for everybody else, after as much work. */
export async function beginSession(email, password) {
  const person = findPerson(email);
  if (!(await knowsPassword(person, password)) || !person) return undefined;
  return { userId: person.email, token: writeSession(person.email, person.mark) };
}

/** Whose session this is; undefined when it is none, or not any more. */
export async function userWith(token) {
  const session = readSession(token);
  const person = session && findPerson(session.email);
  // A new password ends the sessions that the old one has begun.
  if (!person || person.mark !== session.mark) return undefined;
  return { id: person.email, email: person.email, roles: person.roles };
}

/** Ends a session. */
export async function endSession(token) {
  forgetSession(token);
}
