/** The line end that a text uses; `\n` when it has none. */
export function lineEnd(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Where a list of one-line entries stands in a text, and how its entries are ordered. */
export interface LineList {
  /** Matches the line before the first entry. */
  readonly opens: RegExp;
  /** Matches the line after the last entry. */
  readonly closes: RegExp;
  /** The key of an entry's line; undefined for lines that are no entry (comments). */
  readonly keyOf: (line: string) => string | undefined;
  readonly compare: (left: string, right: string) => number;
}

/** Puts a line where its key belongs in the list; a key that is there already, or a list that is not found, changes nothing. */
export function insertIntoList(text: string, list: LineList, line: string): string | false {
  const eol = lineEnd(text);
  const lines = text.split(eol);
  const first = lines.findIndex((candidate) => list.opens.test(candidate)) + 1;
  const length = lines.slice(first).findIndex((candidate) => list.closes.test(candidate));
  const key = list.keyOf(line);
  if (first === 0 || length === -1 || key === undefined) return false;

  const keys = lines.slice(first, first + length).map(list.keyOf);
  if (keys.includes(key)) return false;
  const later = keys.findIndex((other) => other !== undefined && list.compare(other, key) > 0);
  lines.splice(first + (later === -1 ? length : later), 0, line);
  return lines.join(eol);
}

/** Appends a line to a file of lines, unless it is there. */
export function appendLine(text: string, line: string): string | false {
  const eol = lineEnd(text);
  if (text.split(eol).some((existing) => existing.trim() === line)) return false;
  const separator = text === '' || text.endsWith(eol) ? '' : eol;
  return `${text}${separator}${line}${eol}`;
}

/** Order by code unit: the same on every machine, whatever its locale. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
