// Makes a link by which somebody chooses a password and becomes a user: node guardrails/invite anna@example.com [role ...]
import { readPerson, report } from './user-command.ts';

void report(async () => {
  const { invitationHours, invite } = await import('./invitations.ts');
  const link = invite(readPerson());
  return `Send this link; it works once, and for ${invitationHours} hours:\n${link}`;
});
