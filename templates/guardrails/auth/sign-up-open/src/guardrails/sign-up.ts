// Anybody may become a user, with an e-mail address that nobody checks; a newcomer never gets a role that can do harm.
import { z } from 'zod';
import { spendAttempt, tooMany } from './attempts.ts';
import { problem, type Answer, type Call } from './call.ts';
import { clientAddress, subscriberOf } from './client-address.ts';
import { addRoute, type App } from './framework.ts';
import { readJson } from './json-body.ts';
import { fromOtherSite } from './same-site.ts';
import { addUser, emailRule, isUser, passwordRule } from './users.ts';

/** Who may become a user. Changing it means replacing this file, which the code owners see. */
export const signUp = 'open';

const signUpBody = z.strictObject({ email: emailRule, password: passwordRule });

/** Adds the route for becoming a user. */
export function signUpRoutes(app: App): void {
  addRoute(app, 'POST', '/auth/sign-up', becomeUser);
}

async function becomeUser({ req }: Call): Promise<Answer> {
  if (fromOtherSite(req)) return problem(403, 'Another web site may not add people here');
  const body = await readJson(req, signUpBody);
  if ('refusal' in body) return body.refusal;
  const wait = spendAttempt({ [`sign-up from ${subscriberOf(clientAddress(req))}`]: 10 });
  if (wait > 0) return tooMany(wait);
  if (await isUser(body.value.email)) return problem(409, 'This address is taken');
  return { status: 201, body: { userId: await addUser({ ...body.value, role: 'user' }) } };
}
