import { wrap } from '../../world/terminal.ts';
import type { KeyTold } from './keys-told.ts';
import { groupedBy } from './outline.ts';
import type { Look } from './telling.ts';

const placesShown = 3;

/** Credentials, one line each; what has to be done about several of a kind is said once. */
export function keysByAdvice(keys: readonly KeyTold[], { colors, width }: Look): string[] {
  return [...groupedBy(keys, ({ rotate }) => rotate)].flatMap(([rotate, same]) => [
    ...same.map(({ what, places }) =>
      wrap(`${what} in ${placesOf(places, colors.cyan)}`, width, '    ', `  ${colors.red('!')} `),
    ),
    colors.dim(wrap(rotate, width, '    ')),
  ]);
}

/** `server.js:4, copy.js:1 and 2 more` */
export function placesOf(places: readonly string[], paint: (text: string) => string): string {
  const more = places.length - placesShown;
  const told = places.slice(0, placesShown).map((place) => paint(place));
  return more > 0 ? `${told.join(', ')} and ${more} more` : told.join(', ');
}
