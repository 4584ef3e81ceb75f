// Tells a text that is random from one that was written, and a name that stands for a secret from any other.

const secretName =
  /(?:secret|passw(?:or)?d|passphrase|pwd|token|api[-_]?key|private[-_]?key|access[-_]?key|auth[-_]?key|signing[-_]?key|encryption[-_]?key|credentials?)s?$/i;
const placeholder = /example|sample|change[-_ ]?me|your[-_]|placeholder|dummy|xxx|\*\*\*|<|>|\$\{|\$\(|^encrypted:/i;

/** Whether a text that is given to this name is a secret: a telling name, letters and digits, no spaces, and no pattern in it. */
export function looksSecret(name: string | undefined, text: string): boolean {
  if (name === undefined || !secretName.test(name) || /public/i.test(name)) return false;
  const isKeyLike = text.length >= 8 && /[a-z]/i.test(text) && /\d/.test(text) && !/\s/.test(text);
  return isKeyLike && !placeholder.test(text) && !/^https?:\/\/[^@]*$/.test(text) && randomness(text) > 2.8;
}

/** Settings in files that are no code, such as `POSTGRES_PASSWORD: ...` in YAML. */
export function namedValues(text: string): { readonly name: string; readonly text: string; readonly start: number }[] {
  const lines = text.matchAll(
    /^[ \t]*(?:- |export |ENV |ARG )?["']?([\w.-]+)["']?[ \t]*[:=][ \t]*["']?([^\s"',]+)["']?,?[ \t]*(?:#.*)?$/gm,
  );
  return [...lines].map((match) => ({ name: match[1] ?? '', text: match[2] ?? '', start: match.index }));
}

/** Shannon entropy in bits per character: about 2.5 for a word, above 3.5 for a key of 20 characters. */
function randomness(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}
