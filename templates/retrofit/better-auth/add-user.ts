// Adds somebody who may sign in, or gives them a new password: node guardrails/add-user anna@example.com [role ...]
import { newPassword, readPerson, report } from './user-command.ts';

void report(async () => {
  const { email, roles } = readPerson();
  const { password, told } = newPassword();
  const { setUser } = await import('./users.ts');
  await setUser(email, roles, password);
  return `${email} can sign in. Password: ${told}`;
});
