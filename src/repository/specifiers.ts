import { packageNameOf } from '../code/imports.ts';
import { fact, type Repository } from './repository.ts';

/** `from 'x'`, `import 'x'`, `import('x')`, `require('x')`, also with a comment in between. */
const imported = /\b(?:from|import|require(?:\.resolve)?)\s*\(?\s*(?:\/\*[^*]*\*\/\s*)?(["'`])([^"'`\n\\]{1,200})\1/g;

const known = fact(() => new Map<string, readonly string[]>());

/** What a code file may import, as it is written, found without parsing it: everything that it does import, and what comments and texts say. */
export function specifiersIn(repository: Repository, path: string): readonly string[] {
  const files = known(repository);
  const found = files.get(path) ?? [...(repository.read(path) ?? '').matchAll(imported)].map(([, , name = '']) => name);
  files.set(path, found);
  return found;
}

/** False where a file certainly imports no such package: there is no need to parse it then. `packages` is tried on the name and on the whole specifier. */
export function mayImport(repository: Repository, path: string, packages: RegExp): boolean {
  return specifiersIn(repository, path).some(
    (specifier) => packages.test(packageNameOf(specifier) ?? '') || packages.test(specifier),
  );
}
