import { counted } from '../../flow/conclusion.ts';
import { shown } from '../../flow/shown.ts';
import { wrap } from '../../world/terminal.ts';
import { keysByAdvice } from './keys-text.ts';
import { keysInWords, keysTold } from './keys-told.ts';
import {
  changesByGroup,
  openPoints,
  ruleCounts,
  turnOf,
  type GroupChange,
  type RuleChange,
  type Turn,
} from './outcome-outline.ts';
import { addedPackages } from './packages.ts';
import { ownInWords, spanInWords } from './proof-text.ts';
import { routesInWords } from './proof-outline.ts';
import { tableLines, type Row } from './table.ts';
import type { Look, OutcomeTelling } from './telling.ts';
import { veilOf, type Veil } from './veil.ts';

const pointsShown = 12;

/** The end of a retrofit for a person at a terminal: what is better, how that is known, what is left, what to type next. */
export function outcomeText(outcome: OutcomeTelling, terminal: Look): string {
  const look = { colors: terminal.colors, width: Math.min(terminal.width, 100) };
  const groups = changesByGroup(outcome.before, outcome.after);
  const veil = veilOf(outcome.plan);
  return [
    ...headLines(outcome, groups, look),
    ...ruleLines(groups, look),
    ...verifiedLines(outcome, look),
    ...keyLines(outcome, look),
    ...pointLines(outcome, look, veil),
    ...lastLines(outcome, look),
  ].join('\n');
}

function headLines(outcome: OutcomeTelling, groups: readonly GroupChange[], { colors, width }: Look): string[] {
  const { bold, green } = colors;
  const { broken, mended, fresh } = ruleCounts(groups);
  const counts =
    broken === 0
      ? 'Nothing was broken before.'
      : `${mended} of ${counted(broken, 'broken promise is', 'broken promises are')} kept now.`;
  const newly =
    fresh === 0
      ? ''
      : ` ${counted(fresh, 'promise is', 'promises are')} broken that ${fresh === 1 ? 'was' : 'were'} not before.`;
  return [
    '',
    wrap(`${green('Done:')} ${bold(shown(outcome.project))}. ${counts}${newly}`, width),
    wrap(writtenInWords(outcome), width, '  '),
  ];
}

/** What stands on disk now, in one line. */
function writtenInWords({ plan, installed, commits }: OutcomeTelling): string {
  const packages = addedPackages(plan.steps).length;
  const files = new Set(plan.steps.map(({ path }) => path)).size;
  return [
    counted(files, 'file written', 'files written'),
    packages > 0 &&
      `${counted(packages, 'package', 'packages')} ${installed === undefined ? 'added and not installed' : `installed (${shown(installed)})`}`,
    commits && `${counted(commits.count, 'commit', 'commits')} on the branch ${shown(commits.branch)}, nothing pushed`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** A line for each rule; what is not kept is told in words. */
function ruleLines(groups: readonly GroupChange[], look: Look): string[] {
  const rules = groups.flatMap((group) => group.rules).toSorted((one, other) => rankOf(one) - rankOf(other));
  if (rules.length === 0) return [];
  const rows = rules.map((change): Row => {
    const turn = turnOf(change);
    const now = turn === 'not-known' ? 'cannot be told' : placesInWords(change.after);
    const note = turn === 'kept' ? '' : shown(change.title);
    return { mark: markOf(turn, look), cells: [change.rule, beforeInWords(change), now], note };
  });
  return ['', ...tableLines(['Rule', 'Before', 'Now'], rows, look)];
}

const turns: readonly Turn[] = ['kept', 'better', 'not-known', 'same', 'worse'];

/** What was won stands together, and so does what is left. */
function rankOf(change: RuleChange): number {
  return turns.indexOf(turnOf(change));
}

function beforeInWords({ before, was }: RuleChange): string {
  if (before > 0) return placesInWords(before);
  return was === undefined || was === 'unknown' ? 'not known' : 'kept';
}

function placesInWords(count: number): string {
  return count === 0 ? 'kept' : counted(count, 'place', 'places');
}

function markOf(turn: Turn, { colors }: Look): string {
  if (turn === 'kept') return colors.green('✓');
  if (turn === 'not-known') return colors.yellow('?');
  return turn === 'better' ? colors.yellow('!') : colors.red('✗');
}

function verifiedLines({ proof }: OutcomeTelling, { colors, width }: Look): string[] {
  if (!proof) return ['', wrap(`${colors.yellow('Not verified:')} nothing was run.`, width)];
  const told = [routesInWords(proof), ...proof.own.map(ownInWords), ...(proof.span ? [spanInWords(proof.span)] : [])];
  return ['', colors.bold('Verified by running it'), ...told.map((text) => wrap(shown(text), width, '    ', '  - '))];
}

function keyLines({ keys }: OutcomeTelling, look: Look): string[] {
  const told = keysTold(keys);
  if (told.length === 0) return [];
  const { red, bold } = look.colors;
  return ['', red(bold(`To change, if it is not done yet: ${keysInWords(told)}`)), ...keysByAdvice(told, look)];
}

function pointLines(outcome: OutcomeTelling, { colors, width }: Look, veil: Veil): string[] {
  const points = openPoints(outcome);
  if (points.length === 0) return [];
  const more = points.length - pointsShown;
  return [
    '',
    colors.bold('Left for a person'),
    ...points
      .slice(0, pointsShown)
      .flatMap(({ what, where, lines }) => [
        wrap(veil.sentence(what), width, '    ', '  - '),
        ...(where === '' ? [] : [`    ${colors.cyan(shown(where))}`]),
        ...lines.flatMap((line) => line.split('\n').map((one) => `      ${veil.line(one)}`.trimEnd())),
      ]),
    ...(more > 0 ? [colors.dim(`  and ${more} more, in handover.html`)] : []),
  ];
}

function lastLines({ next, undo, notes }: OutcomeTelling, { colors, width }: Look): string[] {
  return [
    ...notes.flatMap((note) => ['', wrap(shown(note), width, '      ', 'Note: ')]),
    '',
    colors.bold('Next'),
    ...next.map((command) => `  ${shown(command)}`),
    '',
    `To take all of it back: ${shown(undo)}`,
  ];
}
