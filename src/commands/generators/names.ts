import { KnownError } from '../../errors.ts';
import type { Values } from '../../flow/templates.ts';

/** The forms in which the code of a route says its name; `parking-permits` has `parkingPermit`, `ParkingPermit` and so on. */
export interface RouteNames extends Values {
  /** As in the address: `parking-permits`. */
  readonly name: string;
  /** The table: `parking_permits`. */
  readonly table: string;
  /** One of them in a sentence: `parking permit`. */
  readonly words: string;
  /** The same with its article: `a parking permit`, `an invoice`. */
  readonly aWord: string;
  /** One of them as a value: `parkingPermit`. */
  readonly one: string;
  /** One of them as a type: `ParkingPermit`. */
  readonly One: string;
}

/** All forms of a name such as `parking-permits`. Throws when it cannot be an address and a file name. */
export function routeNames(name: string): RouteNames {
  if (!/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(name) || name.length > 40) throw badName(name);
  const parts = name.split('-');
  const singular = [...parts.slice(0, -1), singularOf(parts.at(-1) ?? '')];
  const words = singular.join(' ');
  const One = singular.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return {
    name,
    table: parts.join('_'),
    words,
    aWord: `${/^(?:[aeio]|u(?!ni|s))/.test(words) ? 'an' : 'a'} ${words}`,
    one: One.charAt(0).toLowerCase() + One.slice(1),
    One,
  };
}

/** English plurals as far as rules go; any other word stays as it is. */
function singularOf(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|zz)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

function badName(name: string): KnownError {
  return new KnownError({
    code: 'bad-name',
    what: name === '' ? 'The name of the new route is missing.' : `"${name}" cannot be the name of a route.`,
    where: name === '' ? 'name' : name,
    next: 'Use lower-case words joined by dashes, best in the plural: npx create-shipshape@latest generate route parking-permits',
  });
}
