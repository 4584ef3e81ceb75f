// Adds somebody who may sign in, or gives them a new password: node guardrails/add-user anna@example.com [role ...]
'use strict';

const { entriesWithout, writeEntries } = require('./users-in-env.cjs');
const { newPassword, readPerson, report } = require('./user-command.cjs');

void report(async () => {
  const { email, roles } = readPerson();
  const { password, told } = newPassword();
  const { entryFor } = await import('./people.cjs');
  writeEntries([...entriesWithout(email), await entryFor(email, roles, password)]);
  return `${email} can sign in after the next start. Password: ${told}`;
});
