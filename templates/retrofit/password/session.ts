// Writes and reads what keeps people signed in: who, until when, and a signature that nobody else can make.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { config } from './config.ts';
import { log } from './log.ts';

/** A session ends this many hours after signing in. */
const hours = 12;

export interface Session {
  readonly email: string;
  readonly mark: string;
  /** Seconds since 1970. */
  readonly ends: number;
}

const key = config.AUTH_SECRET || randomBytes(32).toString('base64url');
if (config.AUTH_SECRET === '') {
  if (config.NODE_ENV === 'production')
    throw new Error('AUTH_SECRET is missing: 32 random characters that sign sessions');
  log.warn('AUTH_SECRET is not set: everybody has to sign in again when the app restarts');
}

/** A session of somebody, as a text that can be handed out. */
export function beginSession(email: string, mark: string, now = Date.now()): string {
  const session: Session = { email, mark, ends: Math.floor(now / 1000) + hours * 3600 };
  const text = Buffer.from(JSON.stringify(session)).toString('base64url');
  return `${text}.${signatureOf(text)}`;
}

/** The session in a text, if we have written it and it has not ended. */
export function readSession(token: string | undefined, now = Date.now()): Session | undefined {
  const [text = '', signature = '', more] = (token ?? '').split('.');
  const right = Buffer.from(signatureOf(text));
  const given = Buffer.from(signature);
  if (more !== undefined || given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const session = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Session;
  return session.ends * 1000 > now ? session : undefined;
}

/** The name of the cookie; with __Host- browsers take it from this site alone. Only on one's own machine does it go over plain http. */
export function cookieName(req: IncomingMessage): string {
  return isOwnMachine(req) ? 'guard-session' : '__Host-guard-session';
}

/** The cookie that hands over a session; without one it takes the old one away. */
export function cookieFor(req: IncomingMessage, token?: string): string {
  const secure = isOwnMachine(req) ? '' : '; Secure';
  const age = token === undefined ? 0 : hours * 3600;
  return `${cookieName(req)}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}

function isOwnMachine({ headers }: IncomingMessage): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(headers.host ?? '');
}

function signatureOf(text: string): string {
  return createHmac('sha256', key).update(`session ${text}`).digest('base64url');
}
