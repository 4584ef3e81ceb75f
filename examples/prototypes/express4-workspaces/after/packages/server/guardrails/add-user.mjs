// Adds somebody who may sign in, or gives them a new password: node guardrails/add-user anna@example.com [role ...]
import { entriesWithout, writeEntries } from './users-in-env.mjs';
import { newPassword, readPerson, report } from './user-command.mjs';

void report(async () => {
  const { email, roles } = readPerson();
  const { password, told } = newPassword();
  const { entryFor } = await import('./people.mjs');
  writeEntries([...entriesWithout(email), await entryFor(email, roles, password)]);
  return `${email} can sign in after the next start. Password: ${told}`;
});
