/** A piece of a text, and what comes in its place. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with each span replaced. Of spans inside others only the outermost counts; two that overlap otherwise are a mistake. */
export function edited(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of spans.toSorted(inOrder)) {
    if (start < at && end <= at) continue;
    if (start < at) throw new Error(`two edits overlap at ${start}: ${text.slice(start, end)}`);
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

/** What is put in comes before what begins at the same place; the wider of two before the narrower. */
function inOrder(one: Span, other: Span): number {
  if (one.start !== other.start) return one.start - other.start;
  const insertion = Number(other.end === other.start) - Number(one.end === one.start);
  return insertion || other.end - one.end;
}
