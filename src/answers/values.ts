import { choices, type SecretSource, type SignUp } from './answers.ts';
import { KnownError, type ErrorCode } from '../errors.ts';
import { didYouMean } from './nearest.ts';
import * as patterns from './patterns.ts';

const longestLife = 90;
const day = 86_400_000;

/** One of the allowed words, or an error that lists them. `where` is the flag or the question. */
export function choice<const Value extends string>(text: string, values: readonly Value[], where: string): Value {
  const found = values.find((value) => value === text.toLowerCase());
  if (found !== undefined) return found;
  const hint = didYouMean(text, values);
  throw refuse(`${where} cannot be "${text}".${hint ? ` ${hint}` : ''}`, where, `Choose from: ${values.join(', ')}`);
}

/** A list such as `env,file`: each source once, at least one. */
export function secretSources(text: string, where = '--secrets'): SecretSource[] {
  const sources = text.split(/[\s,]+/).filter(Boolean);
  const list = sources.map((source) => choice(source, choices.secrets, where));
  const twice = list.find((source, index) => list.indexOf(source) !== index);
  if (twice)
    throw refuse(`${where} names ${twice} twice.`, where, 'Name each source once, the first one to ask first.');
  if (list.length === 0) throw refuse(`${where} is empty.`, where, `Choose from: ${choices.secrets.join(', ')}`);
  return list;
}

/** `closed`, `invite`, `open` or `domain:example.com`. */
export function signUp(text: string, where = '--sign-up'): SignUp {
  const [word = '', ...rest] = text.split(':');
  const mode = choice(word, choices.signUp, where);
  const domain = rest.join(':').toLowerCase();
  if (mode !== 'domain') {
    if (rest.length === 0) return { mode };
    throw refuse(`${where} ${mode} takes nothing after a colon.`, where, `Write ${where} ${mode}`);
  }
  if (patterns.domain.test(domain)) return { mode, domain };
  throw refuse(
    `${where} domain needs the domain of your e-mail addresses.`,
    where,
    `Write ${where} domain:example.com`,
  );
}

const invented = /^@?(?:me|you|owner|todo|tbd|none|nobody|unknown|your-?(?:name|handle|team))$/i;

/** Somebody who answers for the project: `@person`, `@organisation/team` or an e-mail address. */
export function person(text: string, where = '--owner'): string {
  if (invented.test(text)) throw refuse(`"${text}" is a placeholder, not a person.`, where, askPerson(where));
  if (patterns.person.test(text)) return text;
  throw refuse(`"${text}" is neither a handle nor an e-mail address.`, where, askPerson(where));
}

/** Where an alarm goes: a person, a telephone number with `+`, or an https address. */
export function onCall(text: string, where = '--on-call'): string {
  if (patterns.onCall.test(text) && !invented.test(text)) return text;
  const next = `Write ${where} @ana, ${where} ana@example.com, ${where} +49301234567 or ${where} https://example.com/on-call`;
  throw refuse(`"${text}" is no way to reach somebody.`, where, next);
}

/** The end date, from `2027-01-31` or a number of days such as `60d`; at least today, at most 90 days away (UTC). */
export function expiry(text: string, clock: Date, where = '--expires'): string {
  const today = dateOf(clock);
  const date = /^\d+d$/.test(text) ? daysLater(clock, Number.parseInt(text, 10)) : text;
  const next = `Give a day from ${today} to ${daysLater(clock, longestLife)}, or a number of days up to ${longestLife}d.`;
  if (!isDate(date)) throw refuse(`"${text}" is not a date.`, where, next);
  if (date < today) throw refuse(`${date} is in the past.`, where, next, 'expiry-in-the-past');
  if (date <= daysLater(clock, longestLife)) return date;
  throw refuse(`${date} is more than ${longestLife} days away.`, where, next, 'expiry-too-far');
}

/** The day so many days after a moment, `YYYY-MM-DD` in UTC; empty when no calendar holds it. */
export function daysLater(clock: Date, days: number): string {
  const later = new Date(clock.getTime() + days * day);
  return Number.isNaN(later.getTime()) ? '' : dateOf(later);
}

function dateOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

function isDate(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(moment.getTime()) && dateOf(moment) === text;
}

function askPerson(where: string): string {
  return `Write ${where} @ana, ${where} @company/team or ${where} ana@example.com`;
}

function refuse(what: string, where: string, next: string, code: ErrorCode = 'bad-value'): KnownError {
  return new KnownError({ code, what, where, next });
}
