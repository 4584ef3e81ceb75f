import { importsOf } from '../code/imports.ts';
import { isCode } from '../code/parse.ts';
import { resolveImport } from '../code/resolve.ts';
import { fact, type Repository } from './repository.ts';

/** For each file that was asked for, the files of the repository that it imports at run time. */
const known = fact(() => new Map<string, readonly string[]>());

/** The files of the repository that a file imports at run time; single-file components (Vue, Svelte, Astro) too. */
export function importedFiles(repository: Repository, path: string): readonly string[] {
  const found =
    known(repository).get(path) ??
    specifiersOf(repository, path).flatMap((specifier) => fileOf(repository, path, specifier) ?? []);
  known(repository).set(path, found);
  return found;
}

/** Everything that is reached from some files by imports, themselves included. `stop` tells where another side begins. */
export function reachedFrom(
  repository: Repository,
  entries: Iterable<string>,
  stop: (path: string) => boolean = () => false,
): ReadonlySet<string> {
  const reached = new Set(entries);
  for (const path of reached) for (const next of importedFiles(repository, path)) if (!stop(next)) reached.add(next);
  return reached;
}

const component = /\.(?:vue|svelte|astro)$/;

function fileOf(repository: Repository, from: string, specifier: string): string | undefined {
  const code = resolveImport(repository, from, specifier);
  if (code !== undefined) return isCode(code) || component.test(code) ? code : undefined;
  return undefined;
}

function specifiersOf(repository: Repository, path: string): string[] {
  if (component.test(path))
    return [...(repository.read(path) ?? '').matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(
      ([, name = '']) => name,
    );
  const module = repository.module(path);
  if (!module) return [];
  if (/\b(?:require|import)\s*\(/.test(module.text))
    return importsOf(module).flatMap(({ specifier, typeOnly }) => (typeOnly ? [] : [specifier]));
  return module.tree.program.body.flatMap((statement) => {
    const isImport = statement.type === 'ImportDeclaration' && statement.importKind !== 'type';
    const isExport = /^Export(?:Named|All)Declaration$/.test(statement.type);
    const source = (isImport || isExport) && 'source' in statement ? statement.source : undefined;
    return source ? [source.value] : [];
  });
}
