import { parse } from '@babel/parser';
import type { File, Statement } from '@babel/types';

/** The statements and comments of one of our own TypeScript files. */
export interface TypedProgram {
  readonly file: File;
  readonly body: readonly Statement[];
}

/** Parses a guard file as strictly as its readers do: a template that does not parse is a mistake of ours. */
export function parseTyped(text: string): TypedProgram {
  const file = parse(text, {
    sourceType: 'module',
    plugins: ['typescript'],
    createParenthesizedExpressions: false,
  }) as File;
  return { file, body: file.program.body };
}
