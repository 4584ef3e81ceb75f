import type { Place } from '../../repository/place.ts';
import type { SpanEdit } from './spans.ts';

/** What is to be done to one file, or why nothing is. */
export type Outcome =
  /** These edits, already looked at: their result is valid, and nothing else in the file changes. */
  | { readonly kind: 'edits'; readonly path: string; readonly edits: readonly SpanEdit[] }
  /** It is there already, at this place. */
  | { readonly kind: 'there'; readonly where: Place }
  /** It is left to a person: the lines to paste, where, and the reason. */
  | { readonly kind: 'paste'; readonly where: Place; readonly lines: readonly string[]; readonly why: string };
