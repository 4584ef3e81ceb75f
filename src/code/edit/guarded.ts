import { NotParsed, parseModule } from '../parse.ts';
import { differenceOf } from './same-tree.ts';
import { applySpans, inOrder, withoutMark, type SpanEdit } from './spans.ts';

/** What becomes of edits once their result has been looked at. */
export type Guarded =
  | { readonly kind: 'text'; readonly text: string }
  /** Nothing may be changed; `why` follows "not done because". */
  | { readonly kind: 'refused'; readonly why: string };

/** Makes edits of a code file, if what was there before is still there afterwards, node for node. */
export function guarded(path: string, text: string, edits: readonly SpanEdit[]): Guarded {
  if (!inOrder(edits)) return { kind: 'refused', why: 'two edits touch the same characters' };
  const made = applySpans(text, edits);
  try {
    const before = parseModule(path, withoutMark(text)).tree;
    const why = differenceOf(before, parseModule(path, withoutMark(made)).tree, edits);
    return why === undefined ? { kind: 'text', text: made } : { kind: 'refused', why };
  } catch (error) {
    if (!(error instanceof NotParsed)) throw error;
    return { kind: 'refused', why: 'the result could not be read as code' };
  }
}
