import type { Node } from '@babel/types';
import { importsOf } from '../imports.ts';
import type { Module } from '../module.ts';
import { childrenOf, nodesOf, walk } from '../walk.ts';

/** How a file is written, as far as new text has to look like it. */
export interface Style {
  readonly eol: '\r\n' | '\n' | '\r';
  /** One step to the right: a tab or spaces. */
  readonly indent: string;
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  /** True where the last of several lines of a list ends with a comma. */
  readonly trailingCommas: boolean;
  /** How this file takes things from other files. */
  readonly modules: 'esm' | 'cjs';
}

/** The style of a file. Its package's `type` decides only where neither the name nor the code does. */
export function styleOf(module: Module, packageType?: string): Style {
  const { text } = module;
  return {
    eol: eolNear(text, text.length),
    indent: indentOf(text),
    quote: quoteOf(module),
    semicolons: hasSemicolons(module),
    trailingCommas: hasTrailingCommas(module),
    modules: modulesOf(module, packageType),
  };
}

/** The line end that a place should have: that of most lines before and around it. */
export function eolNear(text: string, offset: number): Style['eol'] {
  const after = /\r\n|\n|\r/.exec(text.slice(offset))?.[0];
  const before = [...text.slice(Math.max(0, offset - 4000), offset).matchAll(/\r\n|\n|\r/g)].at(-1)?.[0];
  return (before ?? after ?? '\n') as Style['eol'];
}

function indentOf(text: string): string {
  const tabs = [...text.matchAll(/^\t+\S/gm)].length;
  const widths = new Map<number, number>();
  let last = 0;
  for (const [, spaces = ''] of text.matchAll(/^( *)[^\s*]/gm)) {
    const step = spaces.length - last;
    last = spaces.length;
    if (step >= 2 && step <= 8) widths.set(step, (widths.get(step) ?? 0) + 1);
  }
  const [width, count] = [...widths].toSorted(([, one], [, other]) => other - one)[0] ?? [2, 0];
  return tabs > count ? '\t' : ' '.repeat(width);
}

/** The quotes of imports count more than those of other texts. */
function quoteOf(module: Module): "'" | '"' {
  const imported = importsOf(module)
    .map(({ node }) => nodesOf(node, 'StringLiteral').at(-1))
    .filter((node) => node !== undefined);
  const literals = imported.length > 0 ? imported : textsIn(module.tree.program);
  const double = literals.filter(({ start }) => module.text[start ?? 0] === '"').length;
  return double * 2 > literals.length ? '"' : "'";
}

function textsIn(root: Node): Node[] {
  const found: Node[] = [];
  walk(root, (node) => {
    if (node.type === 'JSXAttribute') return 'skip';
    if (node.type === 'StringLiteral' || node.type === 'DirectiveLiteral') found.push(node);
    return undefined;
  });
  return found;
}

const closed: ReadonlySet<string> = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'ImportDeclaration',
]);

function hasSemicolons({ tree, text }: Module): boolean {
  let balance = 0;
  walk(tree.program, (node, around) => {
    if (!closed.has(node.type) || around.at(-1)?.type.startsWith('For')) return;
    const end = node.end ?? 0;
    const last = childrenOf(node).at(-1)?.end ?? end;
    const written = text[end - 1] === ';' && !/[\r\n]/.test(text.slice(last, end));
    balance += written ? 1 : -1;
  });
  return balance >= 0;
}

function hasTrailingCommas({ tree, text }: Module): boolean {
  let balance = 0;
  for (const list of nodesOf(tree, 'ObjectExpression', 'ArrayExpression', 'ObjectPattern', 'ImportDeclaration')) {
    const last = childrenOf(list)
      .filter(({ type }) => type !== 'StringLiteral')
      .at(-1);
    const rest = last ? text.slice(last.end ?? 0, list.end ?? 0) : '';
    if (/^\s*,?\s*[\r\n]\s*[}\]]/.test(rest)) balance += rest.trimStart().startsWith(',') ? 1 : -1;
  }
  return balance > 0;
}

function modulesOf(module: Module, packageType: string | undefined): 'esm' | 'cjs' {
  if (/\.m[jt]s$/.test(module.path)) return 'esm';
  if (module.path.endsWith('.cjs')) return 'cjs';
  const { body } = module.tree.program;
  if (body.some(({ type }) => /^(?:Import|Export|TSExport|TSImport)/.test(type))) return 'esm';
  if (importsOf(module).some(({ kind }) => kind === 'require') || /\b(?:module\.)?exports\b/.test(module.text))
    return 'cjs';
  if (/\.[cm]?tsx?$/.test(module.path)) return 'esm';
  return packageType === 'module' || module.path.endsWith('.jsx') ? 'esm' : 'cjs';
}
