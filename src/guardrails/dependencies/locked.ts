import type { App } from '../../repository/apps.ts';
import { lockfilesOf, type Lockfile } from '../../repository/lockfiles.ts';
import type { Repository } from '../../repository/repository.ts';
import { workspaceRootsOf } from '../../repository/workspaces.ts';
import { readJson } from '../../tree/json.ts';
import { isRecord } from '../../tree/record.ts';

/** The folder whose install brings the packages of an app: its workspace's, else its own. */
export function installRootOf(repository: Repository, { root }: App): string {
  return workspaceRootsOf(repository).get(root) ?? root;
}

/** The lock file that is used for an app; undefined where there is none, or where there are several. */
export function lockOf(repository: Repository, app: App): Lockfile | undefined {
  const [only, ...more] = locksOf(repository, app);
  return more.length === 0 ? only : undefined;
}

/** Every lock file that lies where the packages of an app are installed. */
export function locksOf(repository: Repository, app: App): readonly Lockfile[] {
  const root = installRootOf(repository, app);
  return lockfilesOf(repository).filter(({ folder }) => folder === root);
}

/** The version of a package that the lock file holds for an app. Undefined where it holds none, or several that could be meant. */
export function lockedVersion(repository: Repository, app: App, name: string): string | undefined {
  const lock = lockOf(repository, app);
  const text = lock && repository.read(lock.path);
  if (!lock || text === undefined) return undefined;
  if (lock.manager === 'npm') return npmVersion(text, app.root.slice(lock.folder.length).replace(/^\//, ''), name);
  const versions = new Set([...text.matchAll(entries(lock.manager, name))].map(([, version = '']) => version));
  return versions.size === 1 ? [...versions][0] : undefined;
}

function npmVersion(text: string, folder: string, name: string): string | undefined {
  const lock = readJson(text);
  const packages = isRecord(lock) ? lock['packages'] : undefined;
  const old = isRecord(lock) ? lock['dependencies'] : undefined;
  const found = isRecord(packages)
    ? (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] ?? packages[`node_modules/${name}`])
    : isRecord(old)
      ? old[name]
      : undefined;
  return isRecord(found) && typeof found['version'] === 'string' && /^\d/.test(found['version'])
    ? found['version']
    : undefined;
}

/** Where the other package managers write the version of a package. */
function entries(manager: Lockfile['manager'], name: string): RegExp {
  const plain = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  const version = String.raw`(\d+\.\d+\.\d+[\w.-]*)`;
  if (manager === 'pnpm') return new RegExp(`^ {2}'?/?${plain}[@/]${version}(?:\\([^)]*\\))*'?:$`, 'gm');
  if (manager === 'bun') return new RegExp(`"${plain}": \\["${plain}@${version}"`, 'g');
  return new RegExp(`^"?${plain}@[^\\n]*:\\r?\\n {2}version:? "?${version}"?$`, 'gm');
}

/** The packages that run a program of their own while they are installed; undefined where the lock file does not tell. */
export function packagesWithScripts(repository: Repository, app: App): readonly string[] | undefined {
  const lock = lockOf(repository, app);
  const json = lock?.manager === 'npm' ? readJson(repository.read(lock.path) ?? '') : undefined;
  const packages = isRecord(json) ? json['packages'] : undefined;
  if (!isRecord(packages)) return undefined;
  return Object.entries(packages).flatMap(([path, entry]) =>
    isRecord(entry) && entry['hasInstallScript'] === true && path !== '' ? path.replace(/^.*node_modules\//, '') : [],
  );
}
