const mark = /(?:^|\s)linguist-(?:generated|vendored)(?:=(\w+))?(?=\s|$)/;

/** A line of .gitattributes that says of files that they were generated, or come from elsewhere. */
export interface ForeignMark {
  /** As it is written: `templates/**`. */
  readonly pattern: string;
  readonly matches: RegExp;
}

/** What a .gitattributes at the top says of foreign files, as GitHub's own statistics read it. A later line that takes a mark back is not known. */
export function foreignMarks(attributes: string): ForeignMark[] {
  return attributes.split(/\r?\n/).flatMap((line) => {
    const [pattern = ''] = line.trim().split(/\s+/);
    const [found, value] = mark.exec(line) ?? [];
    if (found === undefined || value === 'false' || pattern.startsWith('#') || pattern.startsWith('!')) return [];
    return [{ pattern, matches: matcherOf(pattern) }];
  });
}

/** The patterns of gitignore(5), without ranges of characters: a pattern with a slash holds from the top, another one in any folder. */
function matcherOf(pattern: string): RegExp {
  const anchored = pattern.replace(/\/$/, '/**').includes('/');
  const body = pattern
    .replace(/^\//, '')
    .replace(/\/$/, '/**')
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(
      /\*\*\/|\*\*|\*|\?/g,
      (star) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' })[star] ?? star,
    );
  return new RegExp(`${anchored ? '^' : '(?:^|/)'}${body}$`);
}
