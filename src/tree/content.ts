/** What a file holds: its text, exactly (a byte order mark is the first character), or its bytes where it is no text. */
export type Content = string | Uint8Array;

/** The bytes of a content. Throws on a text that UTF-8 cannot hold: half of a surrogate pair would become another character. */
export function bytesOf(content: Content): Buffer {
  if (typeof content !== 'string') return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const bytes = Buffer.from(content, 'utf8');
  if (bytes.includes(replacement) && bytes.toString('utf8') !== content)
    throw new TypeError('a text holds half of a surrogate pair, which no file can hold');
  return bytes;
}

const replacement = Buffer.from('\uFFFD');

/** The text that these bytes are in UTF-8, nothing added or lost; undefined where they are not valid UTF-8. */
export function exactText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a content; undefined where it is none. */
export function textOf(content: Content | undefined): string | undefined {
  return content === undefined || typeof content === 'string' ? content : exactText(content);
}

/** True when both hold the same bytes, or both are not there. */
export function sameContent(one: Content | undefined, other: Content | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (typeof one === 'string' && typeof other === 'string') return one === other;
  return bytesOf(one).equals(bytesOf(other));
}
