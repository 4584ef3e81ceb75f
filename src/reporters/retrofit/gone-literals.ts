import { isCode, NotParsed, parseModule } from '../../code/parse.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Span } from '../../secrets/mask.ts';

/** A fixed text in a file: where it stands, and what it says. */
export interface Literal extends Span {
  readonly text: string;
}

/**
 * The fixed texts of a file that a change takes out, wherever they stand. Where a change is known to take out secrets these are the
 * secrets, whatever they look like: some are one word that no pattern knows.
 */
export function goneLiterals(path: string, before: string, after: string): Literal[] {
  const found = literalsOf(path, before);
  const was = countsOf(found);
  const left = countsOf(literalsOf(path, after));
  return found.filter(({ text }) => text !== '' && (left.get(text) ?? 0) < (was.get(text) ?? 0));
}

function countsOf(literals: readonly Literal[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of literals) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function literalsOf(path: string, text: string): Literal[] {
  return (isCode(path) ? codeLiterals(path, text) : undefined) ?? textLiterals(text);
}

/** How many characters open and close what is not a text as it stands. */
const openings: Readonly<Record<string, number>> = {
  StringLiteral: 1,
  RegExpLiteral: 1,
  CommentLine: 2,
  CommentBlock: 2,
};
const closings: Readonly<Record<string, number>> = { StringLiteral: 1, RegExpLiteral: 1, CommentBlock: 2 };

function codeLiterals(path: string, text: string): Literal[] | undefined {
  try {
    const { tree } = parseModule(path, text);
    const fixed = nodesOf(tree, 'StringLiteral', 'TemplateElement', 'JSXText', 'RegExpLiteral', 'NumericLiteral');
    return [...fixed, ...(tree.comments ?? [])].flatMap(({ type, start, end }) => {
      if (start == null || end == null) return [];
      return literalAt(text, start + (openings[type] ?? 0), end - (closings[type] ?? 0));
    });
  } catch (error) {
    if (error instanceof NotParsed) return undefined;
    throw error;
  }
}

/** What is in quotes, and what stands behind `=` or `:` up to the end of the line. */
const quoted = /(["'`])((?:(?!\1)[^\\\n]|\\.)+)\1/g;
const given = /[=:][^\S\n]*([^\s"'`][^\n]*)/g;
const word = /[^\s"'`,;]+/g;

/** In a file that is no code: what is in quotes, and each word of what something is set to. */
function textLiterals(text: string): Literal[] {
  const found: Literal[] = [];
  for (const { index, 0: whole } of text.matchAll(quoted))
    found.push(...literalAt(text, index + 1, index + whole.length - 1));
  for (const { index, 0: whole, 1: value = '' } of text.matchAll(given)) {
    const start = index + whole.length - value.length;
    for (const one of value.matchAll(word))
      found.push(...literalAt(text, start + one.index, start + one.index + one[0].length));
  }
  return found;
}

function literalAt(text: string, start: number, end: number): Literal[] {
  return end > start ? [{ start, end, text: text.slice(start, end) }] : [];
}
