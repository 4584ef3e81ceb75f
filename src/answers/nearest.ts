import { closest, distance } from 'fastest-levenshtein';

/** The known word that somebody most likely meant, or undefined when none is near enough to be worth saying. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const startsAlike = known.filter((candidate) => word.length >= 3 && candidate.startsWith(word));
  if (startsAlike.length === 1) return startsAlike[0];
  const candidate = closest(word.toLowerCase(), [...known]);
  const allowed = Math.max(1, Math.floor(candidate.length / 3));
  const near = distance(word.toLowerCase(), candidate);
  return near <= allowed || (near === 2 && sameLetters(word.toLowerCase(), candidate)) ? candidate : undefined;
}

/** Two letters that changed places count as two changes, and are one slip. */
function sameLetters(one: string, other: string): boolean {
  return sorted(one) === sorted(other);
}

function sorted(word: string): string {
  return [...word].toSorted().join('');
}

/** The question for an error, such as `Did you mean --owner?`, or undefined. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const meant = nearest(word, known);
  return meant === undefined ? undefined : `Did you mean ${meant}?`;
}
