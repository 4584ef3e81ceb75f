import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../world/process.ts';
import { environmentForInstalling } from './install.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Packages that were installed beside a copy. */
export interface Added {
  readonly ok: boolean;
  /** Where their programs are, for the PATH. */
  readonly programs: string;
  readonly why: string;
}

const secondsToInstall = 180;
const words = [
  'install',
  '--prefer-offline',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-package-lock',
  '--legacy-peer-deps',
  '--loglevel=error',
];

/**
 * Installs packages in a folder of their own, from what this machine has already where possible: what the project has installed need not be
 * looked at, which is most of the work of an install.
 */
export async function installBeside(
  folder: string,
  packages: ReadonlyMap<string, string>,
  { outer, scripts, signal }: { readonly outer: Environment; readonly scripts: boolean; readonly signal: AbortSignal },
): Promise<Added> {
  const programs = join(folder, 'node_modules/.bin');
  if (packages.size === 0) return { ok: true, programs, why: '' };
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, dependencies: Object.fromEntries(packages) };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const { ok, output } = await run(
    'npm',
    words.filter((word) => !scripts || word !== '--ignore-scripts'),
    {
      folder,
      environment: environmentForInstalling(outer),
      signal: AbortSignal.any([signal, AbortSignal.timeout(secondsToInstall * 1000)]),
    },
  );
  return { ok, programs, why: ok ? '' : output.trim().split('\n').slice(-4).join('\n') };
}

/** Links packages that were installed beside a copy into it. One that is there in the same major version stays. */
export function linkBeside(folder: string, packages: Iterable<string>, app: string): void {
  for (const name of packages) {
    const [from, to] = [join(folder, 'node_modules', name), join(app, 'node_modules', name)];
    if (!existsSync(from) || majorOf(from) === majorOf(to)) continue;
    if (lstatSync(to, { throwIfNoEntry: false })) rmSync(to, { recursive: true, force: true });
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(from, to, 'junction');
  }
}

function majorOf(folder: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: string };
    return version?.split('.')[0];
  } catch {
    return undefined;
  }
}
