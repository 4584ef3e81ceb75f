/** The text of a file in UTF-8 or, with a byte order mark, in UTF-16; undefined for anything that is not text. */
export function textFrom(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, 8192).includes(0)) return undefined;
  return new TextDecoder('utf-8').decode(bytes);
}
