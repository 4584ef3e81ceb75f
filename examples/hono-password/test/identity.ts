// Real users for tests: each is added as the command on the server does it, and signs in over HTTP.
import { randomBytes, randomUUID } from 'node:crypto';
import { addUser } from '../src/guardrails/users.ts';

/** Somebody who can sign in. */
export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
}

/** Adds a user with a random address and password. */
export async function addPerson(role = 'user'): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const password = randomBytes(18).toString('base64url');
  return { email, password, userId: await addUser({ email, password, role }) };
}

/** Sends JSON to the app and gives the response. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const sent = { 'content-type': 'application/json', ...headers };
  return fetch(url, { method: 'POST', headers: sent, body: JSON.stringify(body) });
}

/** Signs somebody in and gives the cookie and the token. */
export async function signIn(url: string, { email, password }: Person): Promise<{ cookie: string; token: string }> {
  const response = await post(`${url}/auth/sign-in`, { email, password });
  if (response.status !== 200) throw new Error(`sign-in failed with ${response.status}: ${await response.text()}`);
  const { token } = (await response.json()) as { token: string };
  return { token, cookie: response.headers.getSetCookie()[0]!.split(';')[0]! };
}

/** A new user of a role with a real session: the headers that prove it, and the id. */
export async function signInAs(
  url: string,
  role = 'user',
): Promise<{ headers: Record<string, string>; userId: string }> {
  const person = await addPerson(role);
  const { token } = await signIn(url, person);
  return { headers: { authorization: `Bearer ${token}` }, userId: person.userId };
}
