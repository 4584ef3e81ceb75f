import { importableFrom, packageTypeOf } from '../code/edit/specifier.ts';
import type { Module } from '../code/module.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Repository } from '../repository/repository.ts';

/** The kind of guard files that a file can import, whatever starts it. */
export function dialectFor(repository: Repository, module: Module): Dialect {
  const kind = importableFrom(repository, module);
  if (kind !== 'ts') return kind === 'cjs' ? 'cjs' : 'mjs';
  // TypeScript that becomes CommonJS can only take CommonJS along; what becomes modules takes both.
  const isModule = packageTypeOf(repository, module.path) === 'module' || module.path.endsWith('.mts');
  return isModule ? 'mjs' : 'cjs';
}
