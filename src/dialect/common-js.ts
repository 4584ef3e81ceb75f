import type { ExportNamedDeclaration, Node, Statement } from '@babel/types';
import { walk } from '../code/walk.ts';
import { nameOf, rewrittenCalls, rewrittenImports, specifier, type Imported } from './imports.ts';
import { NotInDialect } from './not-in-dialect.ts';
import type { TypedProgram } from './parse-typed.ts';
import type { Span } from './spans.ts';
import { braced } from './wrap.ts';

/** Packages that are ES modules only: CommonJS reaches them where they are used, by `await import()`. */
const modulesOnly = /^(?:jose|better-auth|openid-client|zod-openapi)(?:\/|$)/;

/** Imports and exports as a `.cjs` file has them: the style of our own guard files and no other. Throws `NotInDialect`. */
export function toCommonJs(program: TypedProgram, text: string): Span[] {
  refuseWaiting(program, text);
  const exported = program.body.flatMap((node) => exportOf(node, text));
  return [
    strictly(program, text),
    ...rewrittenImports(program, text, 'cjs', (imported, node) => asRequire(imported, node, text)),
    ...rewrittenCalls(program, text, 'cjs'),
    ...rewrittenMeta(program, text),
    ...exported.map(({ span }) => span),
    ...exportsAtTheEnd(
      exported.flatMap(({ names }) => names),
      text,
    ),
  ];
}

/** The first line of a file stays the sentence that says what it keeps true. */
function strictly({ body }: TypedProgram, text: string): Span {
  const heading = /^(?:\/\/.*\n)*/.exec(text)?.[0].length ?? 0;
  const gap = text.startsWith('\n', heading) || body.length === 0 ? '' : '\n';
  return { start: heading, end: heading, text: `'use strict';\n${gap}` };
}

function asRequire({ from, whole, standard, names }: Imported, node: Node, text: string): string {
  if (modulesOnly.test(from))
    throw new NotInDialect(
      `CommonJS cannot import '${from}' at the start; write await import('${from}') where it is used`,
      text,
      node.start!,
    );
  if (standard !== undefined && names.length > 0)
    throw new NotInDialect(`import either the default or the names of '${from}'`, text, node.start!);
  const call = `require('${from}')`;
  const name = whole ?? standard;
  if (name !== undefined) return `const ${name} = ${call};`;
  if (names.length === 0) return `${call};`;
  const list = names.map(({ imported, local }) => (imported === local ? local : `${imported}: ${local}`));
  return braced('const ', list, ` = ${call};`);
}

interface Exported {
  readonly names: readonly string[];
  readonly span: Span;
}

function exportOf(node: Statement, text: string): Exported[] {
  if (node.type === 'ExportDefaultDeclaration' || node.type === 'ExportAllDeclaration')
    throw new NotInDialect('write named exports', text, node.start!);
  if (node.type !== 'ExportNamedDeclaration' || node.exportKind === 'type') return [];
  const { declaration } = node;
  if (!declaration) return [passedOn(node, text)];
  if (declaration.type === 'VariableDeclaration' && declaration.kind !== 'const')
    throw new NotInDialect('what is exported must not change: write const', text, node.start!);
  const names =
    declaration.type === 'VariableDeclaration'
      ? declaration.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : refusePattern(node, text)))
      : 'id' in declaration && declaration.id?.type === 'Identifier'
        ? [declaration.id.name]
        : [];
  return [{ names, span: { start: node.start!, end: declaration.start!, text: '' } }];
}

function refusePattern(node: Node, text: string): never {
  throw new NotInDialect('export one name at a time', text, node.start!);
}

/** `export { a } from './b.ts'` and `export { a }`. */
function passedOn({ start, end, source, specifiers }: ExportNamedDeclaration, text: string): Exported {
  const pairs = specifiers.flatMap((one) =>
    one.type === 'ExportSpecifier' && one.exportKind !== 'type'
      ? [[nameOf(one.local), nameOf(one.exported)] as const]
      : [],
  );
  if (pairs.some(([local, exported]) => local !== exported))
    throw new NotInDialect('export things under their own names', text, start!);
  const names = pairs.map(([local]) => local);
  const line = source ? braced('const ', names, ` = require('${specifier(source.value, 'cjs')}');`) : '';
  return { names, span: { start: start!, end: end!, text: names.length > 0 ? line : '' } };
}

function exportsAtTheEnd(names: readonly string[], text: string): Span[] {
  if (names.length === 0) return [];
  return [{ start: text.length, end: text.length, text: `\n${braced('module.exports = ', names, ';')}\n` }];
}

/** `import.meta` does not parse in CommonJS; what we ask of it, CommonJS has under other names. */
function rewrittenMeta({ file }: TypedProgram, text: string): Span[] {
  const names: Readonly<Record<string, string>> = {
    dirname: '__dirname',
    filename: '__filename',
    url: "require('node:url').pathToFileURL(__filename).href",
  };
  const spans: Span[] = [];
  if (!text.includes('import.meta')) return spans;
  walk(file.program, (node, around) => {
    if (node.type !== 'MetaProperty' || text.slice(node.start!, node.end!) !== 'import.meta') return;
    const parent = around.at(-1);
    const name =
      parent?.type === 'MemberExpression' && parent.property.type === 'Identifier' ? parent.property.name : '';
    const replacement = names[name];
    if (!parent || replacement === undefined)
      throw new NotInDialect('CommonJS has no such import.meta', text, node.start!);
    spans.push({ start: parent.start!, end: parent.end!, text: replacement });
  });
  return spans;
}

function refuseWaiting({ file }: TypedProgram, text: string): void {
  if (!text.includes('await')) return;
  walk(file.program, (node) => {
    if (/Function|ClassMethod|ObjectMethod/.test(node.type)) return 'skip';
    if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await))
      throw new NotInDialect(
        'CommonJS cannot wait (await) at the top of a file; this file needs a variant',
        text,
        node.start!,
      );
    return undefined;
  });
}
