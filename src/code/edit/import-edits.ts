import type { ImportDeclaration, Node, ObjectPattern, Statement } from '@babel/types';
import { isCall, unwrapped } from '../calls.ts';
import { importsOf, specifierOf, type Import } from '../imports.ts';
import { nodesOf } from '../walk.ts';
import type { Source } from './source.ts';
import type { SpanEdit } from './spans.ts';
import { afterStatement, beforeStatement, ended, listEntryAfter, type Insertion } from './statements.ts';
import { eolNear } from './style.ts';

/** One thing that a file has to take from another one. */
export interface Wanted {
  /** As it is written: `./guardrails/index.js`. */
  readonly from: string;
  readonly kind: 'named' | 'default' | 'namespace';
  /** What it is called there and, where that is free, here; for `default` and `namespace` only here. */
  readonly name: string;
}

export interface Taken {
  /** Empty where the file takes it already. */
  readonly edits: readonly SpanEdit[];
  /** How the file calls it: `guard`, or `guardrails.guard` where it has taken the whole module. */
  readonly local: string;
}

/** What makes a file import something. In CommonJS the line comes above the top-level statement around `use`. */
export function importEdits(source: Source, wanted: Wanted, use = Infinity): Taken {
  const there = existing(source, wanted, use);
  if (there) return there;
  const local = freeName(source, wanted.name);
  const line = lineFor(source, wanted, local);
  return { local, edits: [{ ...placeFor(source, line, use), why: `takes ${wanted.name} from ${wanted.from}` }] };
}

/** The import line of a file's own style, without its end. */
export function lineFor({ style }: Source, { from, kind, name }: Wanted, local: string): string {
  const specifier = style.quote + from + style.quote;
  if (style.modules === 'cjs') {
    const pattern = kind !== 'named' ? local : local === name ? `{ ${name} }` : `{ ${name}: ${local} }`;
    return `const ${pattern} = require(${specifier})`;
  }
  const names =
    kind === 'default'
      ? local
      : kind === 'namespace'
        ? `* as ${local}`
        : local === name
          ? `{ ${name} }`
          : `{ ${name} as ${local} }`;
  return `import ${names} from ${specifier}`;
}

/** True for two ways to write the same file: with and without its ending, with and without `index`. */
export function isSameModule(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(specifier: string): string {
  return specifier
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '')
    .replace(/\/$/, '');
}

function existing(source: Source, wanted: Wanted, use: number): Taken | undefined {
  const { body } = source.tree.program;
  for (const found of importsOf(source)) {
    if (found.typeOnly || !isSameModule(found.specifier, wanted.from)) continue;
    if (found.kind !== 'import' && found.kind !== 'require') continue;
    const statement = body.find(
      (one) => (one.start ?? 0) <= (found.node.start ?? 0) && (one.end ?? 0) >= (found.node.end ?? 0),
    );
    if (!statement || (found.kind === 'require' && (statement.end ?? 0) > use)) continue;
    const taken = takenBy(found, wanted) ?? added(source, found, statement, wanted);
    if (taken) return taken;
  }
  return undefined;
}

function takenBy({ names, node }: Import, { kind, name }: Wanted): Taken | undefined {
  const values = node.type === 'ImportDeclaration' ? names.filter(({ local }) => !isTypeOnly(node, local)) : names;
  const local = (imported: string): string | undefined => values.find((one) => one.imported === imported)?.local;
  const whole = local('*');
  const own = kind === 'named' ? local(name) : kind === 'default' ? local('default') : whole;
  if (own !== undefined) return { edits: [], local: own };
  if (whole === undefined) return undefined;
  const isRequired = node.type !== 'ImportDeclaration';
  return { edits: [], local: kind === 'named' ? `${whole}.${name}` : isRequired ? whole : `${whole}.default` };
}

function isTypeOnly(declaration: ImportDeclaration, local: string): boolean {
  return declaration.specifiers.some(
    (one) => one.local.name === local && one.type === 'ImportSpecifier' && one.importKind === 'type',
  );
}

/** One more name in a list of names that the file takes from the same module. */
function added(
  source: Source,
  { node }: Import,
  statement: Statement,
  { kind, name, from }: Wanted,
): Taken | undefined {
  if (kind !== 'named') return undefined;
  const local = freeName(source, name);
  const why = `takes ${name} from ${from} too`;
  if (node.type === 'ImportDeclaration') {
    const last = node.specifiers.at(-1);
    const entry = local === name ? name : `${name} as ${local}`;
    if (last?.type === 'ImportSpecifier') return { local, edits: [{ ...listEntryAfter(source, last, entry), why }] };
    if (last?.type !== 'ImportDefaultSpecifier') return undefined;
    return { local, edits: [{ start: last.end ?? 0, end: last.end ?? 0, text: `, { ${entry} }`, why }] };
  }
  const pattern = patternOf(statement, node);
  const last = pattern?.properties.at(-1);
  if (last?.type !== 'ObjectProperty') return undefined;
  return { local, edits: [{ ...listEntryAfter(source, last, local === name ? name : `${name}: ${local}`), why }] };
}

function patternOf(statement: Statement, required: Node): ObjectPattern | undefined {
  if (statement.type !== 'VariableDeclaration') return undefined;
  const found = statement.declarations.find(({ init }) => init && unwrapped(init) === required);
  return found?.id.type === 'ObjectPattern' ? found.id : undefined;
}

/** A name that nothing in the file has. */
export function freeName(source: Source, name: string): string {
  const used = new Set(nodesOf(source.tree, 'Identifier', 'JSXIdentifier').map((node) => node.name));
  if (!used.has(name)) return name;
  for (let count = 0; ; count++) {
    const other = `${name}Routes${count === 0 ? '' : count + 1}`;
    if (!used.has(other)) return other;
  }
}

function placeFor(source: Source, line: string, use: number): Insertion {
  const { body, directives } = source.tree.program;
  const above = body.filter((statement) => (statement.end ?? 0) <= use);
  const last = source.style.modules === 'esm' ? lastOfFirstImports(body) : lastRequire(source, above);
  if (last) return afterStatement(source, last, [line]);
  const directive = directives.at(-1);
  if (directive) return withBlankLine(source, afterStatement(source, directive, [line]));
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
