// Makes guessing slow: after a few attempts each further one has to wait, longer every time, up to a quarter of an hour.
import { problem } from './call.mjs';

const firstWait = 30_000;
const longestWait = 15 * 60_000;
const forgottenAfter = 60 * 60_000;
const mostNames = 10_000; // remembered at once: a flood of names must not fill the memory

/** What an attempt is counted against, such as an address or an account, to its counter; the oldest first. */
const counters = new Map();

/** Spends one attempt before the work is done, so that many at the same moment do not slip through. Returns the seconds to wait; 0 means go on. */
export function spendAttempt(limits, now = Date.now()) {
  const known = Object.keys(limits).map((name) => counterOf(name, now));
  const blockedUntil = Math.max(...known.map((counter) => counter.blockedUntil));
  if (blockedUntil > now) return Math.ceil((blockedUntil - now) / 1000);
  for (const [name, free] of Object.entries(limits)) {
    const spent = counterOf(name, now).spent + 1;
    remember(name, { spent, blockedUntil: now + waitAfter(spent - free), at: now });
  }
  return 0;
}

/** Forgets every attempt that was counted against a name, once somebody proved to be the right person. */
export function forgetAttempts(...names) {
  for (const name of names) counters.delete(name);
}

/** The answer to an attempt that has to wait. */
export function tooMany(seconds) {
  return { ...problem(429, 'Too many attempts; try again later'), headers: { 'retry-after': String(seconds) } };
}

function counterOf(name, now) {
  const counter = counters.get(name);
  return counter && counter.at > now - forgottenAfter ? counter : { spent: 0, blockedUntil: 0, at: now };
}

function remember(name, counter) {
  counters.delete(name);
  const [oldest] = counters.keys();
  if (oldest !== undefined && counters.size >= mostNames) counters.delete(oldest);
  counters.set(name, counter);
}

function waitAfter(over) {
  return over < 0 ? 0 : Math.min(firstWait * 2 ** over, longestWait);
}
