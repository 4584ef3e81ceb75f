import { wrap } from '../../world/terminal.ts';
import type { Look } from './telling.ts';

/** One line of a table, and what has to be said about it. */
export interface Row {
  /** One character, coloured or not. */
  readonly mark: string;
  readonly cells: readonly string[];
  /** Stands below the line; '' for nothing. */
  readonly note: string;
}

const gap = 2;

/** A table that fits the screen; on one that is too narrow, the cells of a line stand below its first one, with their names. */
export function tableLines(heads: readonly string[], rows: readonly Row[], look: Look): string[] {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const most = look.width - 4 - widths.slice(1).reduce((sum, width) => sum + width + gap, 0);
  const first = Math.min(widths[0] ?? 0, most);
  if (first < Math.min(24, widths[0] ?? 0)) return rows.flatMap((row) => stackedLines(heads, row, look));
  const columns = [first, ...widths.slice(1)];
  return [
    look.colors.dim(`    ${lineOf(heads, columns)}`),
    ...rows.flatMap(({ mark, cells, note }) => {
      const [name = '', ...others] = cells;
      const long = name.length > first;
      return [
        ...(long ? [`  ${mark} ${name.slice(0, look.width - 4)}`] : []),
        long ? `    ${lineOf(['', ...others], columns)}` : `  ${mark} ${lineOf(cells, columns)}`,
        ...noteLines(note, look),
      ];
    }),
  ];
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join(' '.repeat(gap))
    .trimEnd();
}

function stackedLines(heads: readonly string[], { mark, cells, note }: Row, look: Look): string[] {
  const [name = '', ...others] = cells;
  const told = others.map((cell, index) => `${heads[index + 1]?.toLowerCase() ?? ''}: ${cell}`).join(', ');
  return [`  ${mark} ${name}`, wrap(told, look.width, '    '), ...noteLines(note, look)];
}

function noteLines(note: string, { colors, width }: Look): string[] {
  return note === '' ? [] : [colors.dim(wrap(note, width, '      '))];
}
