// Reads what somebody sends to sign in: a small form or small JSON with an e-mail address and a password, and nothing else.
import type { IncomingMessage } from 'node:http';
import { ownPath } from './own-path.ts';
import { bodyReaderOf } from './own-routes.ts';

const largestBody = 4096; // bytes

export interface SignInBody {
  readonly email: string;
  readonly password: string;
  /** The page to go on with. */
  readonly next: string;
}

/** What was sent; undefined when it is too large or has another shape. */
export async function readSignIn(req: IncomingMessage): Promise<SignInBody | undefined> {
  const { email, password, next } = await readFields(req);
  if (typeof email !== 'string' || typeof password !== 'string' || password === '') return undefined;
  return { email: email.trim().slice(0, 254), password: password.slice(0, 128), next: ownPath(next) };
}

/** Whether a page of a browser has sent it, which wants a page back. */
export function isForm({ headers }: IncomingMessage): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
}

/** The fields of a form or of JSON; none when it is too large or something else. */
export async function readFields(req: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(req);
  if (text === undefined) return {};
  return isForm(req) ? Object.fromEntries(new URLSearchParams(text)) : parse(text);
}

async function readText(req: IncomingMessage): Promise<string | undefined> {
  const read = bodyReaderOf(req);
  if (read) return Number(req.headers['content-length'] ?? Infinity) > largestBody ? undefined : read();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > largestBody) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
