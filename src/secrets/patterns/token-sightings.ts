import type { Sighting } from '../finding.ts';
import { entropyOf, isPlaceholder, isReference } from '../values.ts';
import { tokenPatterns } from './tokens.ts';

const anyHint = new RegExp(tokenPatterns.map(({ hint }) => hint).join('|'), 'i');

/** Layer 2: credentials that carry the name of their issuer. */
export function tokenSightings(text: string, inProse: boolean): Sighting[] {
  if (!anyHint.test(text)) return [];
  const found: Sighting[] = [];
  for (const { kind, provider, pattern } of tokenPatterns) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[0];
      if (isMadeUp(value) || (inProse && isPlaceholder(value))) continue;
      const start = match.index + match[0].lastIndexOf(value);
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
