import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageJsonFrom } from '../repository/package-json.ts';
import { isOnPath, run } from '../world/process.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How the packages of a project are installed as its lock file says, without running any script of theirs. */
const installers = [
  {
    lock: 'pnpm-lock.yaml',
    program: 'pnpm',
    words: ['install', '--frozen-lockfile', '--ignore-scripts', '--ignore-pnpmfile'],
  },
  { lock: 'yarn.lock', program: 'yarn', words: ['install', '--ignore-scripts'] },
  { lock: 'bun.lock', program: 'bun', words: ['install', '--ignore-scripts'] },
  {
    lock: 'package-lock.json',
    program: 'npm',
    words: ['ci', '--ignore-scripts', '--git=git', '--no-audit', '--no-fund'],
  },
] as const;
const withoutLock = ['install', '--ignore-scripts', '--git=git', '--no-audit', '--no-fund', '--legacy-peer-deps'];

const secondsToInstall = 180;

/** True where a folder names packages and none is installed for it. */
export function isMissingPackages(folder: string, top: string): boolean {
  return namesPackages(folder) && ![folder, top].some(hasPackages);
}

function hasPackages(folder: string): boolean {
  const modules = join(folder, 'node_modules');
  return existsSync(modules) && readdirSync(modules).some((name) => !name.startsWith('.'));
}

/** Installs the packages of a copy. The reason is given where it fails. */
export async function installIn(
  folder: string,
  outer: Environment,
  { scripts, signal }: { readonly scripts: boolean; readonly signal: AbortSignal },
): Promise<{ ok: boolean; command: string; why: string }> {
  const environment = environmentForInstalling(outer);
  const chosen = installers.find(
    ({ lock, program }) => existsSync(join(folder, lock)) && isOnPath(program, environment),
  );
  const attempts = [...(chosen ? [[chosen.program, [...chosen.words]] as const] : []), ['npm', withoutLock] as const];
  let last = { ok: false, command: '', why: '' };
  for (const [program, words] of attempts) {
    const { ok, output } = await run(
      program,
      words.filter((word) => !scripts || word !== '--ignore-scripts'),
      { folder, environment, signal: AbortSignal.any([signal, AbortSignal.timeout(secondsToInstall * 1000)]) },
    );
    last = { ok, command: [program, ...words].join(' '), why: output.trim().split('\n').slice(-4).join('\n') };
    if (ok) break;
  }
  return last;
}

/** What a package manager needs to reach its registry; no setting of any app. */
export function environmentForInstalling(outer: Environment): Environment {
  const kept =
    /^(?:PATH|Path|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SystemRoot|ComSpec|PATHEXT|TMPDIR|TEMP|LANG|(?:https?|no|all)_proxy|npm_config_(?:registry|cache|userconfig|globalconfig|prefix)|NODE_EXTRA_CA_CERTS)$/i;
  return {
    ...Object.fromEntries(Object.entries(outer).filter(([name]) => kept.test(name))),
    CI: 'true',
    YARN_IGNORE_PATH: '1',
  };
}

function namesPackages(folder: string): boolean {
  const path = join(folder, 'package.json');
  const manifest = existsSync(path) ? packageJsonFrom(path, readFileSync(path, 'utf8')) : undefined;
  if (!manifest) return false;
  const { dependencies, devDependencies, workspaces } = manifest;
  return dependencies.size + devDependencies.size + workspaces.length > 0;
}
