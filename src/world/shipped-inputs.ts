import { join } from 'node:path';
import type { PlanInputs } from '../flow/create.ts';
import { packedTemplates } from './packed-templates.ts';

/** The inputs of a plan in an installed create-shipshape: its own templates, packed beside the bundle by `npm run build`. */
export function shippedInputs(version: string, clock: Date): PlanInputs {
  const templates = packedTemplates(join(import.meta.dirname, 'templates.pack'));
  const json = (path: string): unknown => JSON.parse(templates.render(path, {}));
  return {
    clock,
    version,
    templates,
    versions: json('versions.json') as PlanInputs['versions'],
    packages: json('packages.json') as PlanInputs['packages'],
  };
}
