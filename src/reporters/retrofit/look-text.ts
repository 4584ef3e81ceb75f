import { counted } from '../../flow/conclusion.ts';
import { shown } from '../../flow/shown.ts';
import { placeText } from '../../repository/place.ts';
import type { SecretFinding } from '../../secrets/finding.ts';
import { wrap } from '../../world/terminal.ts';
import { groupedBy } from './outline.ts';
import type { Look, LookTelling } from './telling.ts';

const placesShown = 3;

/** What a project is: keys that strangers can use come before anything else, each fact with the file that proves it. */
export function lookText({ facts, keys, missing }: LookTelling, terminal: Look): string {
  const look = { colors: terminal.colors, width: Math.min(terminal.width, 100) };
  return [...keyLines(keys, look), ...factLines(facts, look), ...missingLines(missing, look)].join('\n');
}

/** One credential, at every place where it stands. */
export interface KeyTold {
  readonly what: string;
  readonly rotate: string;
  readonly places: readonly string[];
}

/** Credentials as they are told: the same one is told once. */
export function keysTold(keys: readonly SecretFinding[]): readonly KeyTold[] {
  return [...groupedBy(keys, ({ fingerprint }) => fingerprint).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const what = first.masked === '…' ? first.kind : `${first.kind} ${first.masked}`;
    return [
      { what: shown(what), rotate: shown(first.rotate), places: same.map(({ place }) => shown(placeText(place))) },
    ];
  });
}

function keyLines(findings: readonly SecretFinding[], { colors, width }: Look): string[] {
  const keys = keysTold(findings);
  if (keys.length === 0) return [];
  const { bold, red, cyan } = colors;
  return [
    '',
    red(bold(keys.length === 1 ? 'Revoke this key now' : `Revoke these ${keys.length} keys now`)),
    wrap('Whoever has seen the code has it, and taking it out of the code does not change that.', width),
    ...keys.flatMap(({ what, rotate, places }) => [
      '',
      `  ${red('!')} ${bold(what)}`,
      wrap(rotate, width, '    '),
      wrap(`in ${placesOf(places, cyan)}`, width, '    '),
    ]),
  ];
}

function placesOf(places: readonly string[], paint: (text: string) => string): string {
  const more = places.length - placesShown;
  const told = places.slice(0, placesShown).map((place) => paint(place));
  return more > 0 ? `${told.join(', ')} and ${more} more` : told.join(', ');
}

function factLines(facts: LookTelling['facts'], { colors, width }: Look): string[] {
  return [
    '',
    colors.bold('What it is'),
    ...facts.flatMap(({ text, where }) => {
      const place = where && where.path !== '.' ? shown(placeText(where)) : '';
      const told = shown(text);
      if (place === '') return [wrap(told, width, '    ', '  - ')];
      const fits = told.length + place.length + 6 <= width;
      const line = wrap(told, width, '    ', '  - ');
      return fits ? [`${line}  ${colors.dim(place)}`] : [line, `    ${colors.dim(place)}`];
    }),
  ];
}

function missingLines(missing: LookTelling['missing'], { colors, width }: Look): string[] {
  if (missing.length === 0) return ['', 'Nothing of what is looked for is missing.'];
  return [
    '',
    colors.bold('What is missing'),
    ...missing.map(({ rule, title, count }) => {
      const told = `${shown(title).replace(/\.$/, '')} (${count > 1 ? `${rule}, ${counted(count, 'place', 'places')}` : rule})`;
      return wrap(told, width, '    ', `  ${colors.yellow('!')} `);
    }),
  ];
}
