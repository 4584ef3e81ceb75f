import { counted } from '../../flow/conclusion.ts';
import { groups } from '../../flow/danger.ts';
import { shown } from '../../flow/shown.ts';
import { placeText } from '../../repository/place.ts';
import type { SecretFinding } from '../../secrets/finding.ts';
import { wrap } from '../../world/terminal.ts';
import { keysByAdvice, placesOf } from './keys-text.ts';
import { keysTold, type KeyTold } from './keys-told.ts';
import type { Look, LookTelling } from './telling.ts';

const missingShown = 6;

/** What a project is: keys that strangers can use come before anything else, each fact with the file that proves it. */
export function lookText({ facts, keys, missing }: LookTelling, terminal: Look): string {
  const look = { colors: terminal.colors, width: Math.min(terminal.width, 100) };
  return [...keyLines(keys, look), ...factLines(facts, look), ...missingLines(missing, look)].join('\n');
}

function keyLines(findings: readonly SecretFinding[], { colors, width }: Look): string[] {
  const keys = keysTold(findings);
  const issued = keys.filter((key) => key.issued);
  const { bold, red, cyan } = colors;
  if (issued.length === 0) return otherLines(keys, { colors, width });
  return [
    '',
    red(bold(issued.length === 1 ? 'Revoke this key now' : `Revoke these ${issued.length} keys now`)),
    wrap('Whoever has seen the code has it, and taking it out of the code does not change that.', width),
    ...issued.flatMap(({ what, rotate, places }) => [
      '',
      `  ${red('!')} ${bold(what)}`,
      wrap(rotate, width, '    '),
      wrap(`in ${placesOf(places, cyan)}`, width, '    '),
    ]),
    ...otherLines(
      keys.filter((key) => !key.issued),
      { colors, width },
    ),
  ];
}

/** What opens this project alone. */
function otherLines(keys: readonly KeyTold[], look: Look): string[] {
  if (keys.length === 0) return [];
  return ['', look.colors.red(look.colors.bold('Change these before it goes live')), ...keysByAdvice(keys, look)];
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
  const sorted = missing.toSorted((one, other) => rankOf(one.rule) - rankOf(other.rule));
  const more = missing.length - missingShown;
  return [
    '',
    colors.bold('What is missing'),
    ...sorted.slice(0, missingShown).map(({ rule, title, count }) => {
      const told = `${shown(title).replace(/\.$/, '')} (${count > 1 ? `${rule}, ${counted(count, 'place', 'places')}` : rule})`;
      return wrap(told, width, '    ', `  ${colors.yellow('!')} `);
    }),
    ...(more > 0 ? [colors.dim(`  and ${more} more; check tells all of them`)] : []),
  ];
}

/** What hurts other people soonest comes first. */
function rankOf(rule: string): number {
  const rank = Object.keys(groups).indexOf(rule.slice(0, rule.indexOf('/')));
  return rank === -1 ? Object.keys(groups).length : rank;
}
