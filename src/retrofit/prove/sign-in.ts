import { randomBytes } from 'node:crypto';
import { ask } from '../../boot/ask.ts';
import { lastLinesOf, tellingLine } from './tail.ts';
import { runLine, type RunOptions } from '../../boot/running.ts';

/** Somebody who may sign in to the copy, for as long as it exists. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/** Headers that prove who is asking, or why nobody could sign in. */
export type SignedIn = { readonly headers: Readonly<Record<string, string>> } | { readonly why: string };

/** Adds a person by the script that the project has for it from now on. The reason is given where that fails. */
export async function addPerson(
  script: string,
  folder: string,
  roles: readonly string[],
  run: RunOptions,
): Promise<Person | { readonly why: string }> {
  const person = { email: 'proof@example.invalid', password: randomBytes(18).toString('base64url') };
  const environment = { ...run.environment, NEW_PASSWORD: person.password };
  const line = ['node', JSON.stringify(script), person.email, ...roles].join(' ');
  const { ending, output } = await runLine(line, folder, { ...run, environment, milliseconds: 20_000 });
  return ending?.code === 0
    ? person
    : { why: `nobody could be added who may sign in: ${tellingLine(lastLinesOf(output))}` };
}

/** Signs in as a program does; where that brings no cookie, the token in the answer proves it. */
export async function signIn(url: string, path: string, person: Person): Promise<SignedIn> {
  const answer = await ask(url, {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', accept: 'application/json', origin: url },
    body: JSON.stringify(person),
    // A password is checked slowly on purpose, and a busy computer is slower still.
    milliseconds: 20_000,
  });
  const cookies = [answer.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';')[0]);
  // A page of the app's own site asks: that is what a browser says with each request.
  if (cookies.length > 0) return { headers: { cookie: cookies.join('; '), 'sec-fetch-site': 'same-origin' } };
  const token = /"token"\s*:\s*"([^"]+)"/.exec(answer.body)?.[1];
  if (token !== undefined) return { headers: { authorization: `Bearer ${token}` } };
  return { why: `POST ${path} answered ${answer.status ?? 'nothing'} to the right password` };
}
