// Makes guessing slow: after a few attempts each further one has to wait, longer every time, up to a quarter of an hour.
import { createHash } from 'node:crypto';
import { problem, type Answer } from './call.ts';
import { database } from './identity.ts';

const firstWait = 30_000;
const longestWait = 15 * 60_000;
const forgottenAfter = 60 * 60_000;

database.exec(`
  CREATE TABLE IF NOT EXISTS auth_attempts (
    key TEXT PRIMARY KEY, spent INTEGER NOT NULL, blocked_until INTEGER NOT NULL, last_at INTEGER NOT NULL
  ) STRICT`);
const find = database.prepare('SELECT spent, blocked_until FROM auth_attempts WHERE key = ?');
const save = database.prepare('INSERT OR REPLACE INTO auth_attempts VALUES (?, ?, ?, ?)');
const forget = database.prepare('DELETE FROM auth_attempts WHERE key = ?');
const refund = database.prepare('UPDATE auth_attempts SET spent = spent - 1, blocked_until = 0 WHERE key = ?');
const forgetOld = database.prepare('DELETE FROM auth_attempts WHERE last_at < ?');

/** What an attempt is counted against, such as an address or an account, and how many are free before the waiting starts. */
export type Limits = Readonly<Record<string, number>>;

/** Spends one attempt before the work is done, so that many at the same moment do not slip through. Returns the seconds to wait; 0 means go on. */
export function spendAttempt(limits: Limits, now = Date.now()): number {
  forgetOld.run(now - forgottenAfter);
  const counters = Object.entries(limits).map(([name, free]) => readCounter(name, free));
  const blockedUntil = Math.max(...counters.map((counter) => counter.blockedUntil));
  if (blockedUntil > now) return Math.ceil((blockedUntil - now) / 1000);
  for (const { key, spent, free } of counters) save.run(key, spent + 1, now + waitAfter(spent + 1 - free), now);
  return 0;
}

/** Forgets every attempt that was counted against a name, once somebody proved to be the right person. */
export function forgetAttempts(...names: readonly string[]): void {
  for (const name of names) forget.run(fingerprint(name));
}

/** Gives one attempt back: it was a good one, but others that count against the same name may not have been. */
export function refundAttempt(name: string): void {
  refund.run(fingerprint(name));
}

/** A short name for an address or account that tells nobody which one it is; the same every time. */
export function fingerprint(name: string): string {
  return createHash('sha256').update(name.toLowerCase()).digest('base64url').slice(0, 22);
}

function readCounter(name: string, free: number) {
  const key = fingerprint(name);
  const row = find.get(key);
  return { key, free, spent: Number(row?.spent ?? 0), blockedUntil: Number(row?.blocked_until ?? 0) };
}

function waitAfter(over: number): number {
  return over < 0 ? 0 : Math.min(firstWait * 2 ** over, longestWait);
}

/** The answer to an attempt that has to wait. */
export function tooMany(seconds: number): Answer {
  const refusal = problem(429, 'Too many attempts; try again later');
  return { ...refusal, headers: { ...refusal.headers, 'retry-after': String(seconds) } };
}
