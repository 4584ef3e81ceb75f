import type { ImportDeclaration, Node, ObjectPattern, Statement } from '@babel/types';
import { unwrapped } from '../calls.ts';
import { importsOf, type Import } from '../imports.ts';
import { nodesOf } from '../walk.ts';
import { importPlace } from './import-place.ts';
import type { Source } from './source.ts';
import type { SpanEdit } from './spans.ts';
import { listEntryAfter } from './statements.ts';

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
  return { local, edits: [{ ...importPlace(source, line, use), why: `takes ${wanted.name} from ${wanted.from}` }] };
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
