/** A stretch of a text. Offsets count from after a byte order mark. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One change of a text: what stands between `start` and `end` becomes `text`. */
export interface SpanEdit extends Span {
  readonly text: string;
  /** One sentence that explains it. Never holds what was there before. */
  readonly why: string;
  /** The expression that takes on another form when that is more than the span itself: all of `a || 'b'` where ` || 'b'` goes. */
  readonly within?: Span;
  /** True where it changes no code: inside a comment. */
  readonly comment?: boolean;
}

const mark = '\uFEFF';

/** A text without its byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith(mark) ? text.slice(1) : text;
}

/** The edits in the order of the text, the same one twice once; undefined where two of them touch the same characters. */
export function inOrder<Edit extends SpanEdit>(edits: readonly Edit[]): readonly Edit[] | undefined {
  const sorted = edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  const distinct = sorted.filter((edit, index) => !sorted.slice(0, index).some((earlier) => isSame(edit, earlier)));
  const overlap = distinct.some((edit, index) => index > 0 && edit.start < (distinct[index - 1] as Edit).end);
  return overlap ? undefined : distinct;
}

/** The text with the edits made; its byte order mark and every other character stay. Throws where edits overlap. */
export function applySpans(text: string, edits: readonly SpanEdit[]): string {
  const sorted = inOrder(edits);
  if (!sorted) throw new Error('two edits touch the same characters');
  const plain = withoutMark(text);
  let made = text.slice(0, text.length - plain.length);
  let done = 0;
  for (const { start, end, text: inserted } of sorted) {
    made += plain.slice(done, start) + inserted;
    done = end;
  }
  return made + plain.slice(done);
}

function isSame(one: SpanEdit, other: SpanEdit): boolean {
  return one.start === other.start && one.end === other.end && one.text === other.text;
}
