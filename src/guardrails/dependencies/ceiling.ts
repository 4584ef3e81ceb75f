import type { Answers, Auth, Framework, PackageManager, SecretSource } from '../../answers/answers.ts';

// Packages in the lockfile of a fresh install, without the builds for single platforms: the framework with company sign-in, and what is added to it.
const byFramework: Readonly<Record<Framework, number>> = { hono: 93, fastify: 126, express: 166 };
const byAuth: Readonly<Record<Auth, number>> = { password: 19, oidc: 0 };
const bySource: Readonly<Partial<Record<SecretSource, number>>> = { aws: 23, 'dotenv-vault': 204 };
/** Yarn lists node-gyp and what that needs, although nothing is built. */
const byManager: Readonly<Partial<Record<PackageManager, number>>> = { yarn: 17 };

/** Room for what package managers resolve differently, and for one or two small packages. */
const margin = 10;

/** How many packages a project may hold before its tests ask whether they are all worth it. */
export function ceilingFor({ framework, auth, secrets, packageManager }: Answers): number {
  const sources = secrets.reduce((sum, source) => sum + (bySource[source] ?? 0), 0);
  return byFramework[framework] + byAuth[auth] + (byManager[packageManager] ?? 0) + sources + margin;
}

/** The text of `test/guardrails/package-ceiling.ts`. */
export function renderCeiling(most: number): string {
  return [
    '// The number of packages that this project may hold: raising it is a decision, and shows up in a review.',
    '',
    '/** Today’s number and a little room. Builds for one operating system or processor do not count. */',
    `export const mostPackages = ${most};`,
    '',
  ].join('\n');
}
