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

interface Apps {
  readonly byRoot: ReadonlyMap<string, App>;
  /** In the order in which they are told. */
  readonly all: readonly App[];
}

const knownApps = fact((repository: Repository): Apps => {
  const filesByRoot = new Map(rootsOf(repository).map((root) => [root, [] as RepositoryFile[]]));
  for (const file of repository.files) filesByRoot.get(nearestRoot(file.path, filesByRoot))?.push(file);
  const byRoot = new Map<string, App>();
  for (const [root, files] of filesByRoot) {
    if (files.length > 0 || filesByRoot.size === 1) byRoot.set(root, appAt(repository, root, files));
  }
  return { byRoot, all: [...byRoot.values()] };
});

/** The packages of a repository, the top one first. A top without any file of its own is left out where there are others. */
export function appsOf(repository: Repository): readonly App[] {
  return knownApps(repository).all;
}

/** The app that a file belongs to. */
export function appOf(repository: Repository, path: string): App | undefined {
  const { byRoot } = knownApps(repository);
  return byRoot.get(nearestRoot(path, byRoot));
}

/** The folders with a package.json, sorted, '' always among them. */
function rootsOf({ files }: Repository): string[] {
  const manifests = files.filter(
    ({ path, role }) => role !== 'fixture' && role !== 'vendored' && /(?:^|\/)package\.json$/.test(path),
  );
  const roots = manifests.map(({ path }) => path.slice(0, -'package.json'.length).replace(/\/$/, ''));
  return [...new Set(['', ...roots])].toSorted(byCodeUnit);
}

function appAt(repository: Repository, root: string, files: readonly RepositoryFile[]): App {
  const path = root === '' ? 'package.json' : `${root}/package.json`;
  const text = repository.read(path);
  const manifest = text === undefined ? undefined : packageJsonFrom(path, text);
  if (text !== undefined && !manifest) repository.notParsed(path, 'not a JSON object');
  return { root, files, manifest, name: manifest?.name ?? (root.split('/').at(-1) || repository.name) };
}

/** Name to version range of everything that a package says it needs, at run time or to develop it. */
export function dependenciesOf({ manifest }: App): ReadonlyMap<string, string> {
  if (!manifest) return new Map();
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  return new Map([...peerDependencies, ...optionalDependencies, ...devDependencies, ...dependencies]);
}

function nearestRoot(path: string, roots: { has(root: string): boolean }): string {
  for (let folder = path; folder !== '';) {
    folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
    if (roots.has(folder)) return folder;
  }
  return '';
}
