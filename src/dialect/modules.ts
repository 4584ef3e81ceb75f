import { rewrittenCalls, rewrittenImports, specifier, type Imported } from './imports.ts';
import type { TypedProgram } from './parse-typed.ts';
import type { Span } from './spans.ts';
import { braced } from './wrap.ts';

/** Imports and exports as a `.mjs` file has them. */
export function toModule(program: TypedProgram, text: string): Span[] {
  return [
    ...rewrittenImports(program, text, 'mjs', asImport),
    ...rewrittenCalls(program, 'mjs'),
    ...program.body.flatMap((node) => {
      const source = node.type === 'ExportNamedDeclaration' && node.exportKind !== 'type' ? node.source : undefined;
      return source ? [{ start: source.start!, end: source.end!, text: `'${specifier(source.value, 'mjs')}'` }] : [];
    }),
  ];
}

function asImport({ from, whole, standard, names }: Imported): string {
  if (whole !== undefined) return `import * as ${whole} from '${from}';`;
  if (names.length === 0) return standard === undefined ? `import '${from}';` : `import ${standard} from '${from}';`;
  const list = names.map(({ imported, local }) => (imported === local ? local : `${imported} as ${local}`));
  return braced(`import ${standard === undefined ? '' : `${standard}, `}`, list, ` from '${from}';`);
}
