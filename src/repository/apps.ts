import { byCodeUnit } from '../tree/lines.ts';
import { packageJsonFrom, type PackageJson } from './package-json.ts';
import { fact, type Repository, type RepositoryFile } from './repository.ts';

/** One package of a repository: the folder with a package.json, or the top folder where there is none. */
export interface App {
  /** The folder, '' for the top. */
  readonly root: string;
  /** What people call it: the package's name, else the folder's. */
  readonly name: string;
  readonly manifest: PackageJson | undefined;
  /** Its files, those of packages inside it left out. */
  readonly files: readonly RepositoryFile[];
}

/** The packages of a repository, the top one first. One without any file of its own is left out. */
export const appsOf = fact((repository: Repository): readonly App[] => {
  const roots = new Set(
    repository.files
      .filter(({ path, role }) => role !== 'fixture' && /(?:^|\/)package\.json$/.test(path))
      .map(({ path }) => path.slice(0, -'package.json'.length).replace(/\/$/, '')),
  );
  roots.add('');
  const apps = [...roots].toSorted(byCodeUnit).map((root) => ({ root, files: [] as RepositoryFile[] }));
  const byRoot = new Map(apps.map((app) => [app.root, app]));
  for (const file of repository.files) byRoot.get(nearestRoot(file.path, roots))?.files.push(file);
  return apps.map(({ root, files }) => {
    const manifestPath = root === '' ? 'package.json' : `${root}/package.json`;
    const text = repository.read(manifestPath);
    const manifest = text === undefined ? undefined : packageJsonFrom(manifestPath, text);
    return { root, files, manifest, name: manifest?.name ?? (root.split('/').at(-1) || repository.name) };
  });
});

/** The app that a file belongs to. */
export function appOf(repository: Repository, path: string): App | undefined {
  const apps = appsOf(repository);
  const root = nearestRoot(path, new Set(apps.map((app) => app.root)));
  return apps.find((app) => app.root === root);
}

/** Name to version range of everything that a package says it needs, at run time or to develop it. */
export function dependenciesOf({ manifest }: App): ReadonlyMap<string, string> {
  if (!manifest) return new Map();
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  return new Map([...peerDependencies, ...optionalDependencies, ...devDependencies, ...dependencies]);
}

function nearestRoot(path: string, roots: ReadonlySet<string>): string {
  for (let folder = path; folder !== '';) {
    folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
    if (roots.has(folder)) return folder;
  }
  return '';
}
