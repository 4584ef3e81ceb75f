import Handlebars from 'handlebars';
import type { PackIndex, Piece } from '../src/world/packed-templates.ts';

type Program = ReturnType<typeof Handlebars.parse>;
type Statement = Program['body'][number];

/** One file of all templates: on the first line where the pieces of each one stand, then their texts, end to end. */
export function packTemplates(files: ReadonlyMap<string, string>): string {
  const index: Record<string, Piece[]> = {};
  let texts = '';
  let length = 0;
  const add = (text: string): Piece => {
    const from = length;
    texts += text;
    length += Buffer.byteLength(text);
    return [from, length];
  };
  for (const [path, text] of files) {
    const pieces = path.endsWith('.hbs') ? piecesOf(text, path) : [{ text }];
    index[path] = pieces.map((piece) => ('text' in piece ? add(piece.text) : piece.value));
  }
  return `${JSON.stringify(index satisfies PackIndex)}\n${texts}`;
}

/** A template as Handlebars reads it. Ours name values and nothing else; the build fails on any other statement. */
function piecesOf(template: string, path: string): ({ text: string } | { value: string })[] {
  return Handlebars.parse(template).body.map((statement) => {
    if (isText(statement)) return { text: statement.value };
    const value = valueNamedBy(statement);
    if (value === undefined) throw new Error(`${path}:${statement.loc.start.line} is more than {{value}}`);
    return { value };
  });
}

function isText(statement: Statement): statement is hbs.AST.ContentStatement {
  return statement.type === 'ContentStatement';
}

function valueNamedBy(statement: Statement): string | undefined {
  if (statement.type !== 'MustacheStatement') return undefined;
  const { path, params, hash } = statement as hbs.AST.MustacheStatement;
  const simple = path.type === 'PathExpression' && params.length === 0 && hash === undefined;
  const { parts, data, depth } = path as hbs.AST.PathExpression;
  return simple && parts.length === 1 && !data && depth === 0 ? parts[0] : undefined;
}
