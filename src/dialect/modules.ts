import type { Statement } from '@babel/types';
import { nameOf, rewrittenCalls, rewrittenImports, specifier, type Imported } from './imports.ts';
import type { TypedProgram } from './parse-typed.ts';
import type { Span } from './spans.ts';
import { braced } from './wrap.ts';

/** Imports and exports as a `.mjs` file has them. */
export function toModule(program: TypedProgram, text: string): Span[] {
  return [
    ...rewrittenImports(program, text, 'mjs', asImport),
    ...rewrittenCalls(program, text, 'mjs'),
    ...program.body.flatMap(passedOn),
  ];
}

/** `export { a } from './b.ts'`, without the types in it. */
function passedOn(node: Statement): Span[] {
  if (node.type !== 'ExportNamedDeclaration' || !node.source || node.exportKind === 'type') return [];
  const names = node.specifiers.flatMap((one) =>
    one.type === 'ExportSpecifier' && one.exportKind !== 'type' ? [nameOf(one.local)] : [],
  );
  const text = braced('export ', names, ` from '${specifier(node.source.value, 'mjs')}';`);
  return [{ start: node.start!, end: node.end!, text: names.length > 0 ? text : '' }];
}

function asImport({ from, whole, standard, names }: Imported): string {
  if (whole !== undefined) return `import * as ${whole} from '${from}';`;
  if (names.length === 0) return standard === undefined ? `import '${from}';` : `import ${standard} from '${from}';`;
  const list = names.map(({ imported, local }) => (imported === local ? local : `${imported} as ${local}`));
  return braced(`import ${standard === undefined ? '' : `${standard}, `}`, list, ` from '${from}';`);
}
