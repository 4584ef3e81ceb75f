import { counted } from '../../flow/conclusion.ts';
import { textOf } from '../../tree/content.ts';
import { wrap } from '../../world/terminal.ts';
import { hunksOf, type DiffRow, type Hunk } from './diff.ts';
import { linesIn, type PlannedChange } from './outline.ts';
import { settingNamesOf } from './setting-names.ts';
import type { Look } from './telling.ts';
import type { Veil } from './veil.ts';

/** A plan that nobody reads to its end protects nobody: the rest of a long change is counted. */
const rowsShown = 60;
/** How many lines of the screen one line of a file may take. */
const screensPerRow = 3;

/** One file that changes: the reason, then the lines. */
export function changeLines(change: PlannedChange, look: Look, veil: Veil): string[] {
  const { colors, width } = look;
  const marks = { create: colors.green('+'), edit: colors.yellow('~'), remove: colors.red('-') };
  const why = change.why.map((one) => wrap(veil.sentence(one), width, '      '));
  const hunks = hunksOf(change, veil);
  return [
    '',
    `  ${marks[change.kind]} ${colors.cyan(veil.sentence(change.path))}  ${sizeOf(change)}`.trimEnd(),
    ...why,
    ...(hunks ? hunkLines(hunks, look) : notShown(change, look)),
  ];
}

function sizeOf({ kind, secret, before, after }: PlannedChange): string {
  if (secret) return kind === 'create' ? 'new file, for your eyes alone' : 'for your eyes alone';
  const lines = linesIn(kind === 'remove' ? before : after);
  if (kind === 'remove') return lines === undefined ? 'goes' : `goes, ${counted(lines, 'line', 'lines')}`;
  return '';
}

/** What stands in a secret file is never told, only what it sets. */
function notShown(change: PlannedChange, { colors, width }: Look): string[] {
  if (!change.secret) return change.kind === 'edit' ? [colors.dim('      It is no text: it cannot be shown.')] : [];
  const { added, others } = settingNamesOf(textOf(change.before), textOf(change.after));
  const more = others > 0 ? [`${counted(others, 'other', 'others')}`] : [];
  const names = [...added, ...more].join(', ');
  return [
    colors.dim(
      wrap(names === '' ? 'Its values are not shown.' : `Sets ${names}. Values are not shown.`, width, '      '),
    ),
  ];
}

function hunkLines(hunks: readonly Hunk[], look: Look): string[] {
  const total = hunks.reduce((sum, { rows }) => sum + rows.length, 0);
  let room = total > rowsShown + 10 ? rowsShown : total;
  const lines = hunks.flatMap(({ rows }, index) => {
    const shown = rows.slice(0, room);
    room -= shown.length;
    return [
      ...(index > 0 && shown.length > 0 ? [look.colors.dim('       ⋮')] : []),
      ...shown.flatMap((row) => rowLines(row, look)),
    ];
  });
  const rest = total > rowsShown + 10 ? total - rowsShown : 0;
  return rest > 0
    ? [
        ...lines,
        look.colors.dim(
          `       and ${counted(rest, 'more line', 'more lines')} of this file (all of them with --json)`,
        ),
      ]
    : lines;
}

/** `   12 - text`; a long line goes on below itself, a very long one is cut. */
function rowLines({ sign, line, text }: DiffRow, { colors, width }: Look): string[] {
  const paint = { '-': colors.red, '+': colors.green, ' ': colors.dim }[sign];
  const room = width - 9;
  const pieces = piecesOf(text, room);
  const shown = pieces.slice(0, screensPerRow);
  const cut = pieces.length > screensPerRow;
  return shown.map((piece, index) => {
    const number = index === 0 ? String(line ?? '').padStart(6) : ' '.repeat(6);
    const end = cut && index === screensPerRow - 1 ? `${piece.slice(0, -1)}…` : piece;
    return `${colors.dim(number)} ${paint(`${index === 0 ? sign : ' '} ${end}`.trimEnd())}`.trimEnd();
  });
}

/** Parts that fit, broken between words where there are words. */
function piecesOf(text: string, room: number): string[] {
  const pieces: string[] = [];
  let rest = [...text];
  while (rest.length > room) {
    const space = rest.lastIndexOf(' ', room);
    const length = space > room / 2 ? space : room;
    pieces.push(rest.slice(0, length).join(''));
    rest = rest.slice(space > room / 2 ? length + 1 : length);
    if (pieces.length > screensPerRow) return pieces;
  }
  return [...pieces, rest.join('')];
}
