import type { Sighting } from '../finding.ts';

/** A private key in PEM begins so, also on one line with `\\n` written out, in a JSON string, or in pieces that code joins. */
const pemHead = /-----BEGIN[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----/g;
const longestPem = 12_000;

/** `-----BEGIN` as base64 begins so, depending on where it stands: somebody packed a key file into one value. */
const packed = /(?<![A-Za-z0-9+/])LS0tLS1CRUdJTi[A-Za-z0-9+/=]{60,}/g;
const puttyKey = /PuTTY-User-Key-File-\d[\s\S]{0,4000}?Private-Lines: \d+\s+([A-Za-z0-9+/=\s]{40,8000})/g;
const xmlKey = /<RSAKeyValue>[\s\S]{0,4000}?<D>([A-Za-z0-9+/=]{20,})<\/D>/g;
const jwk = /"d"\s*:\s*"([A-Za-z0-9_-]{40,800})"/g;

/** Private keys in any writing that people paste into files. */
export function privateKeySightings(text: string): Sighting[] {
  const found: Sighting[] = [];
  const add = (start: number, value: string, kind = 'private key'): void => {
    found.push({
      start,
      end: start + value.length,
      value,
      kind,
      provider: kind.startsWith('Google') ? 'google' : 'private-key',
      layer: 'pattern',
      confidence: 'certain',
    });
  };
  const kind = text.includes('gserviceaccount.com') ? 'Google Cloud service account key' : 'private key';
  if (text.includes('PRIVATE KEY')) {
    for (const { index, 0: head } of text.matchAll(pemHead)) {
      const body = index + head.length;
      // Up to the next line of dashes: the end of the key, or the beginning of another one.
      const dashes = text.slice(body, body + longestPem).indexOf('-----');
      const end = dashes === -1 ? Math.min(text.length, body + longestPem) : body + dashes;
      if (holdsKey(text.slice(body, end))) add(index, text.slice(index, end), kind);
    }
  }
  if (text.includes('LS0tLS1CRUdJTi')) {
    for (const match of text.matchAll(packed)) {
      if (Buffer.from(match[0], 'base64').toString('latin1').includes('PRIVATE KEY'))
        add(match.index, match[0], 'private key, packed as base64');
    }
  }
  if (text.includes('PuTTY-User-Key') && text.includes('Private-Lines'))
    for (const match of text.matchAll(puttyKey)) add(match.index, match[0]);
  if (text.includes('<RSAKeyValue>') && text.includes('<D>'))
    for (const match of text.matchAll(xmlKey)) add(match.index + match[0].indexOf('<D>') + 3, match[1] ?? '');
  if (text.includes('"kty"')) {
    for (const match of text.matchAll(jwk))
      add(match.index + match[0].lastIndexOf(match[1] ?? ''), match[1] ?? '', 'private key (JWK)');
  }
  return found;
}

/** Enough of base64 follows the first line; three dots or `<your key>` do not. */
function holdsKey(body: string): boolean {
  const plain = body
    .replaceAll(/\\[nrt]/g, '')
    .replaceAll(/^[\w-]+: .*$/gm, '')
    .replaceAll(/[\s'"`+,;\\]/g, '');
  const run = /[A-Za-z0-9+/=]{40,}/.exec(plain)?.[0] ?? '';
  return run.length >= 40 && new Set(run).size > 12 && !/\.{3}|…|x{12,}/i.test(plain.slice(0, 80));
}
