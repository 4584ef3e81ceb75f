import { matcherOf } from './glob.ts';

/** Where GitHub reads it. */
export const attributesPath = '.gitattributes';

const mark = /(?:^|\s)linguist-(?:generated|vendored)(?:=(\w+))?(?=\s|$)/;

/** More marks than anybody writes are not read: what they mean is judged. */
const mostMarks = 500;

/** A line of .gitattributes that says of files that they were generated, or come from elsewhere. */
export interface ForeignMark {
  /** As it is written: `templates/**`. */
  readonly pattern: string;
  readonly matches: (path: string) => boolean;
}

/** What a .gitattributes at the top says of foreign files, as GitHub's own statistics read it. A later line that takes a mark back is not known. */
export function foreignMarks(attributes: string): ForeignMark[] {
  const marks: ForeignMark[] = [];
  for (const line of attributes.split(/\r?\n/)) {
    if (marks.length === mostMarks) break;
    const [pattern = ''] = line.trim().split(/\s+/);
    const [found, value] = mark.exec(line) ?? [];
    if (found === undefined || value === 'false' || pattern.startsWith('#') || pattern.startsWith('!')) continue;
    const matches = matcherOf(pattern);
    if (matches) marks.push({ pattern, matches });
  }
  return marks;
}
