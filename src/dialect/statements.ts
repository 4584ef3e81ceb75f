import type { Node } from '@babel/types';

/** A statement with the comments that stand directly above it, and its line end. */
export function wholeStatement(node: Node, text: string): { start: number; end: number } {
  const lineStart = text.lastIndexOf('\n', node.start! - 1) + 1;
  let start = lineStart;
  for (const comment of (node.leadingComments ?? []).toReversed()) {
    const from = text.lastIndexOf('\n', comment.start! - 1) + 1;
    // The first line of a file says what the file keeps true, whatever comes after it.
    if (from === 0 || text.slice(comment.end!, start).trim() !== '' || /\n\s*\n/.test(text.slice(comment.end!, start)))
      break;
    start = from;
  }
  const lineEnd = text.indexOf('\n', node.end!);
  return { start, end: lineEnd === -1 ? text.length : lineEnd + 1 };
}
