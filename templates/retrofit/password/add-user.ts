// Adds somebody who may sign in, or gives them a new password: node guardrails/add-user anna@example.com [role ...]
import { entriesWithout, writeEntries } from './users-in-env.ts';
import { newPassword, readPerson, report } from './user-command.ts';

void report(async () => {
  const { email, roles } = readPerson();
  const { password, told } = newPassword();
  const { entryFor } = await import('./people.ts');
  writeEntries([...entriesWithout(email), await entryFor(email, roles, password)]);
  return `${email} can sign in after the next start. Password: ${told}`;
});
