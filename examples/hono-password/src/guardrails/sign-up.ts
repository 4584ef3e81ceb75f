// Nobody becomes a user without an invitation, and only an admin can invite; `npm run user:add` on the server makes the first admin.
import { z } from 'zod';
import { invitationRoutes } from './accept-invitation.ts';
import { currentUser, type Answer, type Call } from './call.ts';
import { addRoute, type App } from './framework.ts';
import { invite } from './invitations.ts';
import { readJson } from './json-body.ts';
import { securityEvent } from './log.ts';
import { emailRule, roleRule } from './users.ts';

/** Who may become a user. Changing it means replacing this file, which the code owners see. */
export const signUp = 'invite';

const hoursValid = 72;
const inviteBody = z.strictObject({ email: emailRule, role: roleRule.default('user') });

/** Adds the routes for inviting and for accepting. The access table lets only admins invite. */
export function signUpRoutes(app: App): void {
  addRoute(app, 'POST', '/auth/invitations', makeInvitation);
  invitationRoutes(app);
}

async function makeInvitation({ req }: Call): Promise<Answer> {
  const body = await readJson(req, inviteBody);
  if ('refusal' in body) return body.refusal;
  const invitation = invite(body.value, hoursValid);
  securityEvent('authn_token_created', { user_id: currentUser().id, invitation: body.value.role });
  return { status: 201, headers: { 'cache-control': 'no-store' }, body: { ...body.value, ...invitation } };
}
