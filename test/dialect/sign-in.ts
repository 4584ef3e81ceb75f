import { resolve } from 'node:path';
import { ask, type Heard, type Started } from './prototype.ts';

/** The Node that carries node:sqlite. */
export const newNode = resolve('test/workbench/node_modules/.bin/node');

export const email = 'anna@example.com';
export const password = 'a long enough password';

/** Every route of the prototypes, for whoever is signed in. */
export const access: Readonly<Record<string, string>> = Object.fromEntries(
  `GET /api/notes, POST /api/notes, GET /api/notes/:id, GET /api/notes/:id/tags, DELETE /api/notes/:id/tags, GET /api/team/:team/inner/people,
  GET /echo/:word, GET /broken, GET /late, GET /health, USE /, USE /docs, USE /app/files, USE /proxy, ALL /proxy/*, GET /app*, GET /app/*,
  GET /*, GET  /^\\/app/`
    .split(/,\s+/)
    .map((key) => [key, "'user'"]),
);

/** Signs in as a program does. */
export async function signInByJson(
  app: Started,
  address: string,
  given: string,
): Promise<{ status: number; token: string; heard: Heard }> {
  const heard = await ask(
    app,
    'POST /sign-in',
    { 'content-type': 'application/json' },
    JSON.stringify({ email: address, password: given }),
  );
  const { token = '' } = (heard.body === '' ? {} : JSON.parse(heard.body)) as { token?: string };
  return { status: heard.status, token, heard };
}

/** Sends a form as a browser does. */
export function sendForm(
  app: Started,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Heard> {
  const origin = `http://127.0.0.1:${app.port}`;
  const form = { 'content-type': 'application/x-www-form-urlencoded', origin, ...headers };
  return ask(app, `POST ${path}`, form, new URLSearchParams(fields).toString());
}
