import { connectionSightings } from './patterns/connections.ts';
import { formSightings } from './patterns/forms.ts';
import { jwtSightings } from './patterns/jwt.ts';
import { privateKeySightings } from './patterns/private-keys.ts';
import { tokenSightings } from './patterns/token-sightings.ts';
import { masked } from './masked.ts';
import { givenInText } from './given-in-text.ts';
import { sqlSightings } from './sql.ts';

const anyPassword = /(:\/\/[^\s:@/'"`]{0,100}:)([^\s'"`@/]{1,200})(?=@)/g;
const signing =
  /\b(?:sign|verify|createHmac|createCipheriv|createDecipheriv|Sequelize|encrypt|decrypt|cookieParser|hash|hashSync|scrypt|scryptSync|pbkdf2|pbkdf2Sync)\(([^\n]{0,400})/g;
const anyQuoted = /(["'`])((?:(?!\1)[^\\\n]|\\.){3,400})\1/g;

/** A part of a text: offsets, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A text that may be shown: what is or could be a secret in it is masked, the short and the made-up ones too. For lines of evidence, of which
 * nobody has decided whether they hold a secret: it rather hides a harmless word than shows a password. Mask first, cut to length afterwards.
 */
export function maskSecrets(text: string): string {
  return withSpansMasked(text, spansToMask(text));
}

/** What is or could be a secret in a text, in no order; parts may overlap. */
export function spansToMask(text: string): Span[] {
  const spans: Span[] = [...shapesToMask(text), ...givenInText(text)];
  for (const { index, 0: call } of text.matchAll(signing)) {
    for (const span of matches(call, anyQuoted, 2)) spans.push({ start: index + span.start, end: index + span.end });
  }
  return spans;
}

/** What looks like a secret, whatever it is called: for sentences, where `the token: what it is for` is no secret. */
export function shapesToMask(text: string): Span[] {
  return [
    ...tokenSightings(text, false),
    ...privateKeySightings(text),
    ...jwtSightings(text, false),
    ...connectionSightings(text),
    ...formSightings(text),
    ...sqlSightings(text),
    ...matches(text, anyPassword, 2),
  ];
}

function matches(text: string, pattern: RegExp, group: number): Span[] {
  return [...text.matchAll(pattern)].map((match) => {
    const value = match[group] ?? '';
    const start = match.index + match[0].indexOf(value, group > 1 ? (match[1]?.length ?? 0) : 0);
    return { start, end: start + value.length };
  });
}

function withSpansMasked(text: string, spans: readonly Span[]): string {
  let shown = '';
  let done = 0;
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    shown += text.slice(done, from) + (from > start ? '' : masked(text.slice(start, end)));
    done = end;
  }
  return shown + text.slice(done);
}
