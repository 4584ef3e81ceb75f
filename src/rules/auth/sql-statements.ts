/** One statement of a script and the line on which it begins. */
export interface Statement {
  readonly statement: string;
  readonly line: number;
}

/** The statements of a script: comments are left out, texts and functions stay whole. Takes time in line with the length, whatever is written. */
export function statementsOf(text: string): Statement[] {
  const found: Statement[] = [];
  let statement = '';
  let line = 1;
  let start = 1;
  for (const piece of piecesOf(text)) {
    if (piece === ';') {
      if (statement.trim() !== '') found.push({ statement: statement.trim(), line: start });
      statement = '';
    } else if (!piece.startsWith('--') && !piece.startsWith('/*')) {
      if (statement === '' && piece.trim() !== '') start = line + (/^\s*/.exec(piece)?.[0].split('\n').length ?? 1) - 1;
      statement += statement === '' ? piece.trimStart() : piece;
    }
    line += piece.split('\n').length - 1;
  }
  if (statement.trim() !== '') found.push({ statement: statement.trim(), line: start });
  return found;
}

/** What closes what begins with these characters. */
const closers: Readonly<Record<string, string>> = { '--': '\n', '/*': '*/', "'": "'", '"': '"' };
/** More kinds of `$tag$` than this are nobody's script. */
const mostTags = 50;

/** Comments, quoted texts, `$$` bodies, semicolons, and what stands between them. */
function* piecesOf(text: string): Generator<string> {
  const missing = new Set<string>();
  const next = /--|\/\*|['";]|\$\w{0,60}\$/g;
  let from = 0;
  for (let match = next.exec(text); match; match = next.exec(text)) {
    const [opener] = match;
    if (match.index > from) yield text.slice(from, match.index);
    const end = opener === ';' ? next.lastIndex : endOf(text, opener, next.lastIndex, missing);
    yield text.slice(match.index, end);
    from = end;
    next.lastIndex = end;
  }
  if (from < text.length) yield text.slice(from);
}

/** Where something that was opened ends; right after the opener when nothing closes it, which is looked for once. */
function endOf(text: string, opener: string, from: number, missing: Set<string>): number {
  if (missing.has(opener) || missing.size > mostTags) return from;
  const closer = closers[opener] ?? opener;
  const at = text.indexOf(closer, from);
  if (at >= 0) return opener === '--' ? at : at + closer.length;
  missing.add(opener);
  return from;
}
