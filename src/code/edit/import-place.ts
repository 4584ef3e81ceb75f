import type { Node, Statement } from '@babel/types';
import { isCall, unwrapped } from '../calls.ts';
import { specifierOf } from '../imports.ts';
import type { Source } from './source.ts';
import { afterStatement, beforeStatement, ended, type Insertion } from './statements.ts';
import { eolNear } from './style.ts';

/** Where an import goes: after those that are there, else at the top, below what belongs to the whole file. */
export function importPlace(source: Source, line: string, use: number): Insertion {
  const { body, directives } = source.tree.program;
  const above = body.filter((statement) => (statement.end ?? 0) <= use);
  const last = source.style.modules === 'esm' ? lastOfFirstImports(body) : lastRequire(source, above);
  if (last) return afterStatement(source, last, [line]);
  const directive = directives.at(-1);
  if (directive) return withBlankLine(source, afterStatement(source, directive, [line]));
  const [first] = body;
  return first ? atTheTop(source, first, line) : atTheEnd(source, line);
}

/** Where an import goes that has to come before everything else that runs. */
export function firstPlace(source: Source, line: string): Insertion {
  const { body, directives } = source.tree.program;
  const directive = directives.at(-1);
  if (directive) return afterStatement(source, directive, [line]);
  const [first] = body;
  return first ? atTheTop(source, first, line) : atTheEnd(source, line);
}

/** Imports may stand between other code too; the first of them are where a reader looks. */
function lastOfFirstImports(body: readonly Statement[]): Statement | undefined {
  const first = body.findIndex(isImport);
  const other = body.findIndex((statement, index) => index > first && !isImport(statement));
  return first === -1 ? undefined : body[(other === -1 ? body.length : other) - 1];
}

function isImport({ type }: Statement): boolean {
  return type === 'ImportDeclaration' || type === 'TSImportEqualsDeclaration';
}

/** The last `require` at the top of a file. Where settings are read from a file right after it, that comes first. */
function lastRequire(source: Source, above: readonly Statement[]): Statement | undefined {
  const at = above.findLastIndex(isRequire);
  const rest = above.slice(at + 1);
  const config = rest.findIndex((statement) => !isConfigCall(source, statement));
  return above[at + (config === -1 ? rest.length : config)];
}

function isRequire(statement: Statement): boolean {
  if (statement.type === 'TSImportEqualsDeclaration' || statement.type === 'ImportDeclaration') return true;
  if (statement.type === 'ExpressionStatement') return requires(statement.expression);
  return (
    statement.type === 'VariableDeclaration' &&
    statement.declarations.some(({ init }) => init != null && requires(init))
  );
}

/** `require('x')`, `require('x').y`, `require('x')(…)`. */
function requires(expression: Node): boolean {
  for (let node = unwrapped(expression); ;) {
    if (specifierOf(node) !== undefined) return true;
    if (node.type === 'MemberExpression') node = unwrapped(node.object);
    else if (isCall(node)) node = unwrapped(node.callee);
    else return false;
  }
}

function isConfigCall({ text }: Source, { start, end }: Statement): boolean {
  return /^(?:dotenv|env|dotenvExpand|config)\w*\.config\(/.test(text.slice(start ?? 0, end ?? 0));
}

/** Comments that belong to the whole file stay above. */
const ofTheFile =
  /licen[sc]e|copyright|^!|@ts-|eslint|prettier|@jsx|@flow|@format|@file|reference|jshint|global\b|istanbul|@vitest|@jest/i;

function atTheTop(source: Source, first: Statement, line: string): Insertion {
  const { text, tree } = source;
  const comments = (tree.comments ?? []).filter(({ end }) => (end ?? 0) <= (first.start ?? 0));
  const starts = [...comments.slice(1).map(({ start }) => start ?? 0), first.start ?? 0];
  const kept = comments.findLastIndex(
    ({ value, end }, index) =>
      ofTheFile.test(value) || /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/.test(text.slice(end ?? 0, starts[index])),
  );
  const start = comments[kept + 1]?.start ?? first.start ?? 0;
  const insertion = beforeStatement(source, { ...first, start }, [line]);
  return isRequire(first) && start === first.start ? insertion : withBlankLine(source, insertion);
}

/** An empty line between imports and what is none. */
function withBlankLine({ text }: Source, insertion: Insertion): Insertion {
  const eol = eolNear(text, insertion.start);
  if (insertion.text.endsWith(eol)) return { ...insertion, text: insertion.text + eol };
  const rest = text.slice(insertion.end);
  return rest === '' || /^(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r|$)/.test(rest) || !insertion.text.startsWith(eol)
    ? insertion
    : { ...insertion, text: `${insertion.text}${eol}` };
}

function atTheEnd(source: Source, line: string): Insertion {
  const { text } = source;
  const eol = eolNear(text, text.length);
  const before = text === '' || /[\r\n]$/.test(text) ? '' : eol;
  return { start: text.length, end: text.length, text: `${before}${ended(source, line, text.length)}${eol}` };
}
