/** A stretch of text that may hold a token: a long run of letters and digits, with a little of what stands before it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Every token has a run of at least this many letters, digits, `_` or `-`. */
const shortest = 16;
/** How far before such a run a token may begin (`v1.0-…`, `123456789:…`), and how far behind it go on. */
const before = 40;
const behind = 400;
const longest = 4096;

const inside = Uint8Array.from({ length: 128 }, (_, code) => (/[\w-]/.test(String.fromCodePoint(code)) ? 1 : 0));

/**
 * The stretches around long runs that hold a digit, or begin like a token that may do without one, and whose beginning `mayBegin` accepts. Looks at every sixteenth character and reads on only inside a run:
 * this is what makes the search fast, since hardly any text has such runs.
 */
export function stretchesIn(text: string, withoutDigit: RegExp, mayBegin: (head: string) => boolean): Stretch[] {
  const found: Stretch[] = [];
  const length = text.length;
  const isInside = (index: number): boolean => {
    const code = text.charCodeAt(index);
    return code < 128 && inside[code] === 1;
  };
  for (let index = shortest - 1; index < length; index += shortest) {
    if (!isInside(index)) continue;
    let start = index;
    while (start > 0 && isInside(start - 1)) start--;
    let end = index + 1;
    while (end < length && isInside(end)) end++;
    index = end - 1;
    if (end - start < shortest) continue;
    // A token begins where its run begins, so of a picture written as text only the beginning counts.
    const from = Math.max(0, start - before);
    const holdsDigit = hasDigit(start, end) || withoutDigit.test(text.slice(start, start + 12));
    if (holdsDigit && mayBegin(text.slice(from, Math.min(end, start + 100))))
      found.push({ start: from, end: Math.min(length, end + behind, start + longest) });
  }
  return found;

  function hasDigit(start: number, end: number): boolean {
    for (let index = start; index < end; index++) {
      const code = text.charCodeAt(index);
      if (code >= 48 && code <= 57) return true;
    }
    return false;
  }
}
