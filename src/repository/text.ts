/** As many bytes as are looked at to tell what a file is. */
const sample = 8192;

/** The text of a file in UTF-8 (a wrong byte becomes U+FFFD) or UTF-16, without its byte order mark; undefined for anything that is not text. */
export function textFrom(bytes: Uint8Array): string | undefined {
  const wide = wideEncodingOf(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  if (isBinary(bytes.subarray(0, sample))) return undefined;
  return new TextDecoder('utf-8').decode(bytes);
}

function wideEncodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 ? second === 0 : second !== 0) return undefined;
  return withoutMark(bytes.subarray(0, sample));
}

/** Windows PowerShell writes UTF-16 without saying so: every other byte of a Latin text is zero. */
function withoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0];
  const characters = bytes.length >> 1;
  if (characters < 2) return undefined;
  for (let at = 0; at < characters * 2; at++) if (bytes[at] === 0) zeros[at & 1]!++;
  const [even = 0, odd = 0] = zeros;
  const few = characters * 0.1;
  const most = characters * 0.7;
  if (odd > most && even < few) return 'utf-16le';
  return even > most && odd < few ? 'utf-16be' : undefined;
}

/** Compressed and compiled things are full of control characters. A single zero must not hide a file: JavaScript allows it in a comment. */
function isBinary(bytes: Uint8Array): boolean {
  if (!bytes.includes(0)) return false;
  let controls = 0;
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  return controls > bytes.length * 0.06;
}
