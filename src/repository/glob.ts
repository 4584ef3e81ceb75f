/** A longer pattern is nobody's. */
const longest = 200;

/**
 * Tells which paths a pattern of gitignore(5) means, without ranges of characters: a pattern with a slash holds from the top, another one in any folder.
 * Undefined for one that is too long. The pattern may be anybody's: no pattern makes matching slow.
 */
export function matcherOf(pattern: string): ((path: string) => boolean) | undefined {
  if (pattern.length > longest) return undefined;
  const parts = partsOf(pattern);
  return (path) => matches(parts, path.split('/'), isAnyDepth, isPart);
}

/** `src/*.js` in folders. `**` alone is any number of them; at the end it is at least one. */
function partsOf(pattern: string): string[] {
  const anchored = pattern.includes('/');
  const below = pattern.replace(/\/$/, '/**').replace(/^\//, '');
  const parts = [...(anchored ? [] : ['**']), ...below.split('/')].map((part) =>
    part === '**' ? part : part.replaceAll(/\*+/g, '*'),
  );
  if (parts.at(-1) === '**') parts.push('*');
  return parts;
}

function isAnyDepth(part: string): boolean {
  return part === '**';
}

function isPart(part: string, name: string): boolean {
  return matches(part, name, isStar, isCharacter);
}

function isStar(character: string): boolean {
  return character === '*';
}

function isCharacter(wanted: string, character: string): boolean {
  return wanted === '?' || wanted === character;
}

/**
 * Whether a list fits a pattern in which a wild item stands for any number of items. Where nothing fits, only the last wild item takes one more:
 * what an earlier one could take, the last can take too. So it costs at most the product of the lengths.
 */
function matches(
  pattern: ArrayLike<string>,
  items: ArrayLike<string>,
  isWild: (item: string) => boolean,
  fits: (wanted: string, item: string) => boolean,
): boolean {
  let at = 0;
  let wild = -1;
  let taken = 0;
  for (let index = 0; index < items.length;) {
    const wanted = pattern[at];
    const item = items[index] ?? '';
    if (wanted !== undefined && isWild(wanted)) {
      wild = at++;
      taken = index;
    } else if (wanted !== undefined && fits(wanted, item)) {
      at++;
      index++;
    } else if (wild >= 0) {
      at = wild + 1;
      index = ++taken;
    } else return false;
  }
  while (at < pattern.length && isWild(pattern[at] ?? '')) at++;
  return at === pattern.length;
}
