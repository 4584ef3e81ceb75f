import { structuredPatch } from 'diff';
import { printable } from '../../repository/printable.ts';
import { textOf } from '../../tree/content.ts';
import type { PlannedChange } from './outline.ts';
import type { Veil } from './veil.ts';

/** One line of a diff. */
export interface DiffRow {
  readonly sign: ' ' | '-' | '+';
  /** Its line in the file as it is now; undefined for a line that comes. */
  readonly line: number | undefined;
  readonly text: string;
}

/** Lines that change, with three lines around them. */
export interface Hunk {
  readonly header: string;
  readonly rows: readonly DiffRow[];
}

/** How an edit changes a text, with every secret covered; undefined where there is nothing that may or can be shown. */
export function hunksOf(change: PlannedChange, veil: Veil): readonly Hunk[] | undefined {
  const [before, after] = [textOf(change.before), textOf(change.after)];
  if (change.kind !== 'edit' || change.secret || before === undefined || after === undefined) return undefined;
  const old = veil.lines(change.path, before, change.hides ? after : undefined);
  const next = veil.lines(change.path, after);
  const { hunks } = structuredPatch(change.path, change.path, before, after, '', '', { context: 3 });
  return hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => {
    let [from, to] = [oldStart - 1, newStart - 1];
    const rows = lines.flatMap((line): DiffRow[] => {
      if (line.startsWith('+')) return [{ sign: '+', line: undefined, text: readable(next[to++]) }];
      if (line.startsWith('-')) return [{ sign: '-', line: from + 1, text: readable(old[from++]) }];
      if (line.startsWith('\\')) return [];
      to++;
      return [{ sign: ' ', line: from + 1, text: readable(old[from++]) }];
    });
    return { header: `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, rows };
  });
}

/** Where nothing stands, diffs name the line before. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

/** A line as it can be read: the end of the line, a byte order mark and tabs do not matter to a reader. */
function readable(line = ''): string {
  return printable(
    line
      .replace(/\r$/, '')
      .replace(/^\ufeff/, '')
      .replaceAll('\t', '    '),
  );
}

/** An edit as a unified diff, with every secret covered: for reading, not for applying. */
export function unifiedDiff(change: PlannedChange, veil: Veil): string | undefined {
  const hunks = hunksOf(change, veil);
  if (!hunks) return undefined;
  const path = printable(change.path);
  return [
    `--- a/${path}`,
    `+++ b/${path}`,
    ...hunks.flatMap(({ header, rows }) => [header, ...rows.map(({ sign, text }) => sign + text)]),
    '',
  ].join('\n');
}
