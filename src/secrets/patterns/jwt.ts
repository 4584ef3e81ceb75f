import type { Sighting } from '../finding.ts';
import { isRecord } from './json.ts';

const jwt = /(?<![\w.-])eyJ[A-Za-z0-9_-]{14,}\.eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{16,}/g;

/** The token that jwt.io shows to everybody, and its kin. */
const madeUpNames = /john doe|jane doe|example|1234567890|test user/i;

/** Signed tokens. One that is meant for browsers (Supabase `anon`) is none; one that has expired is said less surely. */
export function jwtSightings(text: string, inProse: boolean): Sighting[] {
  if (!text.includes('eyJ')) return [];
  const found: Sighting[] = [];
  for (const match of text.matchAll(jwt)) {
    const reading = readingOf(match[0]);
    // An answer that a manual shows holds a token of its author's, long expired.
    if (reading && !(inProse && reading.provider === 'jwt'))
      found.push({
        start: match.index,
        end: match.index + match[0].length,
        value: match[0],
        layer: 'pattern',
        ...reading,
      });
  }
  return found;
}

function readingOf(token: string): Pick<Sighting, 'kind' | 'provider' | 'confidence'> | undefined {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const about = claimsOf(header);
  const claims = claimsOf(payload);
  if (!about || !claims || signature.length < 20 || madeUpNames.test(JSON.stringify(claims))) return undefined;
  // The keys of a Supabase on the developer's own computer are the same everywhere.
  if (claims['role'] === 'anon' || claims['iss'] === 'supabase-demo') return undefined;
  if (claims['role'] === 'service_role')
    return { kind: 'Supabase service_role key', provider: 'supabase', confidence: 'certain' };
  return { kind: 'signed token (JWT)', provider: 'jwt', confidence: 'likely' };
}

function claimsOf(part: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
