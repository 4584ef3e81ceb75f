import type { PackageManager } from '../../answers/answers.ts';

/** What a project needs to know of its package manager. */
export interface Manager {
  /** For the `packageManager` field; the same version that `setUpManager` brings to other machines. */
  readonly version?: string;
  readonly lockfile: string;
  /** The file that says what may be installed. */
  readonly policy: string;
  /** What that file says about age and about programs that run while packages are installed. */
  readonly aged: RegExp;
  readonly scripts: RegExp;
}

/** The four package managers. */
export const managers: Readonly<Record<PackageManager, Manager>> = {
  npm: {
    lockfile: 'package-lock.json',
    policy: '.npmrc',
    aged: /^min-release-age=[1-9]/m,
    scripts: /^strict-allow-scripts=true$/m,
  },
  pnpm: {
    version: 'pnpm@12.21.0',
    lockfile: 'pnpm-lock.yaml',
    policy: 'pnpm-workspace.yaml',
    aged: /^minimumReleaseAge: [1-9]\d{3}/m,
    scripts: /^strictDepBuilds: true$/m,
  },
  yarn: {
    version: 'yarn@4.18.1',
    lockfile: 'yarn.lock',
    policy: '.yarnrc.yml',
    aged: /^npmMinimalAgeGate: [1-9]/m,
    scripts: /^enableScripts: false$/m,
  },
  bun: {
    version: 'bun@1.4.5',
    lockfile: 'bun.lock',
    policy: 'bunfig.toml',
    aged: /^minimumReleaseAge = [1-9]\d{4}/m,
    scripts: /^\[install\]$/m,
  },
};
