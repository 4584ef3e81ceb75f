import type { Sighting } from '../finding.ts';
import { entropyOf, isPlaceholder, isReference } from '../values.ts';
import { stretchesIn, type Stretch } from '../long-runs.ts';
import { tokenPatterns } from './tokens.ts';

const anyHint = new RegExp(tokenPatterns.map(({ hint }) => hint).join('|'), 'i');
const withoutDigit = /^(?:A(?:3T|KIA|SIA|BIA|CCA)|hf_|api_org_|xox|npm_|sk-|gl|SG$|[a-z]{2,6}_)/;

/** The stretches of a text in which a credential of a known form may stand; most texts have none. */
export function tokenStretches(text: string): Stretch[] {
  return stretchesIn(text, withoutDigit, (head) => anyHint.test(head));
}

/** Layer 2: credentials that carry the name of their issuer. */
export function tokenSightings(text: string, inProse: boolean, stretches = tokenStretches(text)): Sighting[] {
  return stretches.flatMap((stretch) => sightingsIn(text, stretch, inProse));
}

function sightingsIn(text: string, stretch: Stretch, inProse: boolean): Sighting[] {
  const found: Sighting[] = [];
  const part = text.slice(stretch.start, stretch.end);
  for (const { kind, provider, pattern } of tokenPatterns) {
    for (const match of part.matchAll(pattern)) {
      const value = match[1] ?? match[0];
      const start = stretch.start + match.index + match[0].lastIndexOf(value);
      if (isMadeUp(value) || (inProse && isPlaceholder(value)) || isFirebase(kind, text, start)) continue;
      found.push({
        start,
        end: start + value.length,
        value,
        kind,
        ...(provider && { provider }),
        layer: 'pattern',
        confidence: 'certain',
      });
    }
  }
  return found;
}

const withoutDigits = /^(?:hf_|api_org_|xox|npm_|sk-ant|SG\.|glpat-|glc_)/i;

/** `sk_live_xxxxxxxx`, `ghp_your_token_here`, or a name that happens to begin like a token. Letters in their order are left to the reader of manuals. */
export function isMadeUp(value: string): boolean {
  if (
    isReference(value) ||
    /(.)\1{5,}|your[_-]|[_-]your|example|placeholder|change_?me|redacted|dummy|insert[_-]|[_-]here/i.test(value)
  )
    return true;
  return entropyOf(value) <= 2.5 || !(value.length >= 40 || /\d/.test(value.slice(3)) || withoutDigits.test(value));
}

/** The key by which a web or phone app names its Firebase project is meant for everybody; rules guard the data. */
function isFirebase(kind: string, text: string, at: number): boolean {
  return (
    kind === 'Google API key' &&
    /authDomain|firebaseapp|messagingSenderId|mobilesdk_app_id|measurementId|FirebaseOptions/.test(
      text.slice(Math.max(0, at - 500), at + 500),
    )
  );
}
