import type { Identifier, ImportDeclaration, Node, StringLiteral } from '@babel/types';
import { walk } from '../code/walk.ts';
import type { Dialect } from './dialect.ts';
import type { TypedProgram } from './parse-typed.ts';
import type { Span } from './spans.ts';
import { wholeStatement } from './statements.ts';

/** What an import brings at run time. */
export interface Imported {
  readonly from: string;
  readonly whole: string | undefined;
  readonly standard: string | undefined;
  readonly names: readonly { readonly imported: string; readonly local: string }[];
}

/** The names that an import brings; undefined where it brings nothing but types. */
export function importedBy(node: ImportDeclaration, dialect: Dialect): Imported | undefined {
  const bare = node.specifiers.length === 0;
  const kept = node.specifiers.filter((one) => !('importKind' in one) || one.importKind !== 'type');
  if (node.importKind === 'type' || (!bare && kept.length === 0)) return undefined;
  const named = kept.filter((one) => one.type === 'ImportSpecifier');
  return {
    from: specifier(node.source.value, dialect),
    whole: kept.find((one) => one.type === 'ImportNamespaceSpecifier')?.local.name,
    standard: kept.find((one) => one.type === 'ImportDefaultSpecifier')?.local.name,
    names: named.map(({ imported, local }) => ({
      imported: nameOf(imported),
      local: local.name,
    })),
  };
}

/** `./gate.ts` becomes `./gate.mjs`; packages keep their names. */
export function specifier(from: string, dialect: Dialect): string {
  return from.startsWith('.') ? from.replace(/\.ts$/, `.${dialect}`) : from;
}

/** A name as imports and exports spell it. */
export function nameOf(name: Identifier | StringLiteral): string {
  return name.type === 'Identifier' ? name.name : name.value;
}

/** Each import as `write` puts it; those of types go, with their line. */
export function rewrittenImports(
  { body }: TypedProgram,
  text: string,
  dialect: Dialect,
  write: (imported: Imported, node: Node) => string,
): Span[] {
  return body
    .filter((node) => node.type === 'ImportDeclaration')
    .map((node) => {
      const imported = importedBy(node, dialect);
      if (imported) return { start: node.start!, end: node.end!, text: write(imported, node) };
      return { ...wholeStatement(node, text), text: '' };
    });
}

/** `import('./x.ts')`, wherever it stands. */
export function rewrittenCalls({ file }: TypedProgram, text: string, dialect: Dialect): Span[] {
  const spans: Span[] = [];
  if (!text.includes('import(')) return spans;
  walk(file.program, (node) => {
    const source = node.type === 'ImportExpression' ? node.source : undefined;
    if (source?.type === 'StringLiteral')
      spans.push({ start: source.start!, end: source.end!, text: `'${specifier(source.value, dialect)}'` });
  });
  return spans;
}
