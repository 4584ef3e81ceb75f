// Takes somebody off the list of those who may sign in, and signs them out: node guardrails/remove-user anna@example.com
import { readPerson, report } from './user-command.ts';

void report(async () => {
  const { email } = readPerson();
  const { removeUser } = await import('./users.ts');
  await removeUser(email);
  return `${email} cannot sign in any more`;
});
