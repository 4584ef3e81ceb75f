import type { App } from './apps.ts';
import { lockfilesOf, type Lockfile, type PackageManager } from './lockfiles.ts';
import type { Repository } from './repository.ts';

/** How the packages of a project come onto a machine that has Node and npm alone. */
export interface Installing {
  readonly manager: PackageManager;
  /** The folder of the lock file, '' for the top. */
  readonly folder: string;
  /** Brings the package manager; undefined for npm, which Node has. */
  readonly setUp: string | undefined;
  readonly install: string;
  /** Runs a script of package.json. */
  readonly run: string;
  /** Runs a program of an installed package. */
  readonly exec: string;
}

/** With the lock file of the project, or the one that npm is about to write, exactly what it says; where there is none, what package.json allows. */
export function installingOf(repository: Repository, app: App, isAboutToLock = false): Installing {
  const named = /^(npm|pnpm|yarn|bun)(?:@([\d.]+))?/.exec(app.manifest?.packageManager ?? '');
  const locks = lockfilesOf(repository)
    .filter(({ folder }) => folder === '' || folder === app.root || app.root.startsWith(`${folder}/`))
    .toSorted((one, other) => other.folder.length - one.folder.length);
  const lock = locks.find(({ manager }) => manager === named?.[1]) ?? (named ? undefined : locks[0]);
  const manager = (named?.[1] as PackageManager | undefined) ?? lock?.manager ?? 'npm';
  return {
    manager,
    folder: lock?.folder ?? app.root,
    setUp: setUp(manager, named?.[2], repository, lock),
    install: lock ? frozen(lock) : isAboutToLock && manager === 'npm' ? 'npm ci' : `${manager} install`,
    run: `${manager} run`,
    exec: { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn run', bun: 'bunx' }[manager],
  };
}

function frozen({ manager, berry }: Lockfile): string {
  if (manager === 'npm') return 'npm ci';
  return `${manager} install ${berry ? '--immutable' : '--frozen-lockfile'}`;
}

/** The version that package.json names, else the one that has written the lock file. */
function setUp(
  manager: PackageManager,
  version: string | undefined,
  repository: Repository,
  lock: Lockfile | undefined,
): string | undefined {
  const text = (lock && repository.read(lock.path)?.slice(0, 400)) ?? '';
  const written = /^(?:lockfileVersion|  version): *'?(\d+)/m.exec(text)?.[1] ?? '';
  if (manager === 'npm') return undefined;
  if (manager === 'bun') return `npm install --global bun@${version ?? '1'}`;
  if (manager === 'pnpm') return `npm install --global pnpm@${version ?? pnpmFor[written] ?? '10'}`;
  // A release of Yarn that lies in the project is started by any other.
  const bringsItself = /^yarnPath:/m.test(repository.read('.yarnrc.yml') ?? '');
  if (!lock?.berry || bringsItself) return 'npm install --global yarn@1.22.22';
  return `npm install --global @yarnpkg/cli-dist@${version ?? (Number(written) < 8 ? '3.8.7' : '4.9.2')}`;
}

const pnpmFor: Readonly<Record<string, string>> = { 5: '7', 6: '8', 9: '10' };
