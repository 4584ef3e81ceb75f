// Whoever holds an invitation chooses a password, and becomes a user or gets back in; without one nobody does.
import { z } from 'zod';
import { spendAttempt, tooMany } from './attempts.ts';
import { problem, type Answer, type Call } from './call.ts';
import { clientAddress, subscriberOf } from './client-address.ts';
import { addRoute, type App } from './framework.ts';
import { invitationPage } from './invitation-page.ts';
import { takeInvitation } from './invitations.ts';
import { readJson } from './json-body.ts';
import { securityEvent } from './log.ts';
import { fromOtherSite } from './same-site.ts';
import { addUser, changePassword, isUser, passwordRule } from './users.ts';

const acceptBody = z.strictObject({ token: z.string().min(1).max(100), password: passwordRule });

/** Adds the page that an invitation leads to, and the route that the page calls. */
export function invitationRoutes(app: App): void {
  addRoute(app, 'GET', '/auth/accept-invitation', invitationPage);
  addRoute(app, 'POST', '/auth/accept-invitation', accept);
}

async function accept({ req }: Call): Promise<Answer> {
  if (fromOtherSite(req)) return problem(403, 'Another web site may not accept an invitation');
  const body = await readJson(req, acceptBody);
  if ('refusal' in body) return body.refusal;
  const address = clientAddress(req);
  const wait = spendAttempt({ [`invitation from ${subscriberOf(address)}`]: 20 });
  if (wait > 0) return tooMany(wait);

  const invited = takeInvitation(body.value.token);
  if (!invited) {
    securityEvent('authn_login_fail', { address, invitation: 'refused' });
    return problem(401, 'This invitation is not valid, was used already or is too old');
  }
  const known = await isUser(invited.email);
  if (known) await changePassword(invited.email, body.value.password);
  else await addUser({ ...invited, password: body.value.password });
  return { status: known ? 200 : 201, body: { email: invited.email } };
}
