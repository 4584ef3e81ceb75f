import type { Sighting } from './finding.ts';
import { isPlaceholder } from './values.ts';

const insert =
  /\binsert\s+(?:or\s+\w+\s+|ignore\s+)?into\s+[\w."`[\]]{1,80}\s*\(([^()]{1,600})\)\s*values\s*((?:\((?:[^()'"\\]|'(?:[^'\\\n]|''|\\.){0,300}'|"(?:[^"\\\n]|\\.){0,300}"|\([^()]*\)){0,800}\)\s*,?\s*){1,50})/gi;
const row = /\(((?:[^()'"\\]|'(?:[^'\\\n]|''|\\.){0,300}'|"(?:[^"\\\n]|\\.){0,300}"|\([^()]*\)){0,800})\)/g;
const cell = /\s*('(?:[^'\\\n]|''|\\.){0,300}'|"(?:[^"\\\n]|\\.){0,300}"|[^,]*)\s*(?:,|$)/gy;
const account =
  /\b(?:identified\s+(?:with\s+\w+\s+)?by|(?:with|encrypted|user|role|login)\s+password|\bpassword\s*=)\s*'((?:[^'\\\n]|''){3,100})'/gi;

/** Passwords in SQL: rows that are put into a table with a password column, and accounts of the database itself. */
export function sqlSightings(text: string): Sighting[] {
  if (!/\binsert\s+(?:or\s+\w+\s+|ignore\s+)?into\b|identified\s+by|password\s+'|password\s*=\s*'/i.test(text))
    return [];
  const found: Sighting[] = [];
  const add = (start: number, value: string, kind: string): void => {
    if (
      value.length < 3 ||
      isPlaceholder(value) ||
      /[$?:]\w*$|^\s*$|\s\w+\s|^\$\d|^@|^:/.test(value) ||
      /^(?:string|text|password)$/i.test(value)
    )
      return;
    found.push({
      start,
      end: start + value.length,
      value,
      kind,
      provider: 'password',
      layer: 'name',
      confidence: 'likely',
      name: 'password',
    });
  };
  for (const match of text.matchAll(insert)) {
    const columns = (match[1] ?? '').split(',').map((column) => column.trim().replaceAll(/["'`[\]\\]/g, ''));
    const index = columns.findIndex((column) => /^(?:\w*_)?(?:password|passwd|pwd|pass|passwort)$/i.test(column));
    if (index === -1) continue;
    const rows = match[2] ?? '';
    const rowsAt = match.index + match[0].length - rows.length;
    for (const one of rows.matchAll(row)) {
      const at = cellAt(one[1] ?? '', index);
      if (at) add(rowsAt + one.index + 1 + at.start, at.text, 'password of an account that the database begins with');
    }
  }
  for (const match of text.matchAll(account))
    add(match.index + match[0].lastIndexOf(match[1] ?? ''), match[1] ?? '', 'password in SQL');
  return found;
}

function cellAt(cells: string, index: number): { start: number; text: string } | undefined {
  cell.lastIndex = 0;
  for (let count = 0; cell.lastIndex < cells.length; count++) {
    const match = cell.exec(cells);
    if (!match) return undefined;
    const text = match[1] ?? '';
    if (count === index) {
      const quoted = /^(['"])(.*)\1$/s.exec(text);
      return quoted ? { start: match.index + match[0].indexOf(text) + 1, text: quoted[2] ?? '' } : undefined;
    }
  }
  return undefined;
}
