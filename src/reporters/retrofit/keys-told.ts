import { shown } from '../../flow/shown.ts';
import { placeText } from '../../repository/place.ts';
import type { SecretFinding } from '../../secrets/finding.ts';
import { groupedBy } from './outline.ts';

/** One credential, at every place where it stands. */
export interface KeyTold {
  /** `Stripe secret key sk_…` */
  readonly what: string;
  /** True for one that a provider issued and that strangers can use from anywhere. */
  readonly issued: boolean;
  /** Where and how to revoke or change it. */
  readonly rotate: string;
  readonly places: readonly string[];
}

/** What the project chose itself: who has it can do something in this project alone. */
const own: ReadonlySet<string | undefined> = new Set(['password', 'signing', 'jwt', 'private-key', 'database']);

/** Credentials as they are told, those that strangers can use at once first; the same one is told once. */
export function keysTold(keys: readonly SecretFinding[]): readonly KeyTold[] {
  const told = [...groupedBy(keys, ({ fingerprint }) => fingerprint).values()].flatMap((same): KeyTold[] => {
    const [first] = same;
    if (!first) return [];
    const { kind, masked, rotate, provider } = first;
    return [
      {
        what: shown(masked === '…' ? kind : `${kind} ${masked}`),
        issued: !own.has(provider) && same.some(({ confidence }) => confidence !== 'review'),
        rotate: shown(rotate),
        places: same.map(({ place }) => shown(placeText(place))),
      },
    ];
  });
  return told.toSorted((one, other) => Number(other.issued) - Number(one.issued));
}

/** `2 keys`, or `3 keys and passwords`. */
export function keysInWords(keys: readonly KeyTold[]): string {
  const words = keys.every(({ issued }) => issued) ? ['key', 'keys'] : ['key or password', 'keys and passwords'];
  return `${keys.length} ${keys.length === 1 ? words[0] : words[1]}`;
}
