import { posix } from 'node:path';
import type { Repository } from '../repository/repository.ts';
import { aliasesOf, type Alias } from './aliases.ts';

/** The file of this repository that an import means, from the path of the file that imports; undefined for a package or a file that is not there. */
export function resolveImport(repository: Repository, from: string, specifier: string): string | undefined {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) return fileAt(repository, posix.join(folderOf(from), specifier));
  for (const alias of aliasesOf(repository)) {
    if (alias.scope !== '' && !from.startsWith(`${alias.scope}/`)) continue;
    const rest = restOf(alias, specifier);
    if (rest === undefined) continue;
    for (const target of alias.targets) {
      const found = fileAt(
        repository,
        target.replace('*', () => rest),
      );
      if (found !== undefined && found !== from) return found;
    }
  }
  return /^[@~]\//.test(specifier) ? undeclared(repository, from, specifier.slice(2)) : undefined;
}

/** The file that a path without, or with another, ending means: `a` is `a.ts` or `a/index.js`, `a.js` may be written as `a.ts`. */
export function fileAt(repository: Repository, path: string): string | undefined {
  const plain = posix.normalize(path).replace(/\/$/, '');
  if (plain.startsWith('..')) return undefined;
  const top = plain === '.' ? '' : `${plain}/`;
  const written = [...sources(plain), plain];
  const bare = /[^/]$/.test(path) ? [...written, ...endings.map((ending) => `${plain}${ending}`)] : [];
  return [...bare, ...endings.map((ending) => `${top}index${ending}`)].find((candidate) => repository.file(candidate));
}

const endings = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json'];

/** TypeScript is imported by the name of what it becomes. */
function sources(path: string): string[] {
  const [, stem, kind = ''] = /^(.*)\.([cm]?)jsx?$/.exec(path) ?? [];
  return stem === undefined ? [] : [`${stem}.${kind}js`, `${stem}.${kind}ts`, `${stem}.tsx`, `${stem}.jsx`];
}

function restOf({ before, after, star }: Alias, specifier: string): string | undefined {
  if (!star) return specifier === before ? '' : undefined;
  const fits = specifier.startsWith(before) && specifier.endsWith(after);
  return fits ? specifier.slice(before.length, specifier.length - after.length) : undefined;
}

/** `@/x` and `~/x` mean the source folder even where only a bundler's configuration says so. */
function undeclared(repository: Repository, from: string, path: string): string | undefined {
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    const found = fileAt(repository, posix.join(folder, 'src', path)) ?? fileAt(repository, posix.join(folder, path));
    if (found !== undefined || folder === '') return found;
  }
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
