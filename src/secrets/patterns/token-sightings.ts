import type { Sighting } from '../finding.ts';
import { entropyOf, isPlaceholder } from '../values.ts';
import { tokenPatterns } from './tokens.ts';

const anyHint = new RegExp(tokenPatterns.map(({ hint }) => hint).join('|'), 'i');

/** Layer 2: credentials that carry the name of their issuer. */
export function tokenSightings(text: string): Sighting[] {
  if (!anyHint.test(text)) return [];
  const found: Sighting[] = [];
  for (const { kind, provider, pattern } of tokenPatterns) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[0];
      if (!isRandom(value)) continue;
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

const withoutDigits = /^(?:hf_|api_org_|xox|npm_|sk-ant)/i;

/** Not `sk_live_xxxxxxxx`, nor a name that happens to begin like a token. */
function isRandom(value: string): boolean {
  if (isPlaceholder(value) || entropyOf(value) <= 2.8) return false;
  return /\d/.test(value.slice(3)) || withoutDigits.test(value);
}
