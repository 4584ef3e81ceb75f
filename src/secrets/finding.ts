import type { Place } from '../repository/place.ts';
import type { Confidence } from '../rules/rule.ts';
import type { ProviderId } from './providers.ts';

/**
 * How a secret was recognised. `preset`: by a rule of secretlint. `pattern`: by a pattern of ours.
 * `name`: by what it is called and what it looks like.
 */
export type Layer = 'preset' | 'pattern' | 'name';

/** A credential at one place of one text. Holds the value, so it never leaves this folder: `SecretFinding` does. */
export interface Sighting {
  /** Offsets into the text of the file. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** What it is, in plain words: `Stripe secret key`. */
  readonly kind: string;
  readonly provider?: ProviderId;
  readonly layer: Layer;
  readonly confidence: Confidence;
  /** What it is called in the file: `JWT_SECRET`. */
  readonly name?: string;
  /** True when it only stands in where the environment gives nothing: `process.env.X || 'value'`. */
  readonly fallback?: boolean;
  /** True for what counts only where the same value is found at another place too: `postgres:postgres@db`. */
  readonly echo?: boolean;
}

/** A credential in a tracked text. Safe to print: the value is not in it. */
export interface SecretFinding extends Omit<Sighting, 'start' | 'end' | 'value' | 'echo'> {
  readonly place: Place;
  /** Where and how to revoke it. */
  readonly rotate: string;
  /** The first 3 characters; nothing of a value of less than 12. */
  readonly masked: string;
  /** The line it stands in, every secret masked. */
  readonly evidence: string;
  /** The same value has the same fingerprint within one run; in another run it is a different one. */
  readonly fingerprint: string;
}
