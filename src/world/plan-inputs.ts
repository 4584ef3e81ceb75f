import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanInputs } from '../flow/create.ts';
import type { PackageGraph } from '../flow/budget.ts';
import { templatesOnDisk } from './templates-on-disk.ts';

/** The inputs of a plan, with the templates of a checkout instead of the packed ones: for tests and for our own scripts. */
export function inputsFromCheckout(root: string, clock: Date): PlanInputs {
  const json = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
  return {
    clock,
    version: (json('package.json') as { version: string }).version,
    templates: templatesOnDisk(join(root, 'templates')),
    versions: json('templates/versions.json') as Record<string, string>,
    packages: json('templates/packages.json') as PackageGraph,
  };
}
