import type { Answers, Auth, Framework, SecretSource } from '../../answers/answers.ts';

// Packages of the lockfile, builds for single platforms left out. A test compares them with templates/packages.json.
const byFramework: Readonly<Record<Framework, number>> = { hono: 1, fastify: 1, express: 1 };
const byAuth: Readonly<Record<Auth, number>> = { password: 1, oidc: 1 };
const bySource: Readonly<Partial<Record<SecretSource, number>>> = { aws: 1, 'dotenv-vault': 1 };

/** Room for what package managers resolve differently, and for one or two small packages. */
const margin = 10;

/** How many packages a project may hold before its tests ask whether they are all worth it. */
export function ceilingFor({ framework, auth, secrets }: Answers): number {
  const sources = secrets.reduce((sum, source) => sum + (bySource[source] ?? 0), 0);
  return byFramework[framework] + byAuth[auth] + sources + margin;
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
