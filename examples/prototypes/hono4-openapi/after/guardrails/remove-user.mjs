// Takes somebody off the list of those who may sign in: node guardrails/remove-user anna@example.com
import { entriesWithout, isListed, writeEntries } from './users-in-env.mjs';
import { readPerson, report } from './user-command.mjs';

void report(async () => {
  const { email } = readPerson();
  if (!isListed(email)) throw new Error(`${email} is not among those who may sign in`);
  writeEntries(entriesWithout(email));
  return `${email} cannot sign in after the next start, and is signed out by it`;
});
