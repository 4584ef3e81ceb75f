/** What a terminal or an editor obeys instead of showing: control characters, direction marks, invisible letters, halves of a pair. */
const obeyed =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** A text that may be shown: control characters, escape sequences and direction marks become visible `\u{..}`. */
export function printable(text: string): string {
  return text.replace(obeyed, (character) =>
    character === '\n' ? '\\n' : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
