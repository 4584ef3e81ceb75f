import type { PlanInputs } from '../flow/create.ts';
import { packedTemplates } from './packed-templates.ts';

/** The inputs of a plan in an installed create-shipshape: its own templates, packed into the bundle by `npm run build`. */
export async function shippedInputs(version: string, clock: Date): Promise<PlanInputs> {
  const packed = await import('./templates.js');
  const json = (path: string): unknown => JSON.parse(packed.files[path] ?? 'null');
  return {
    clock,
    version,
    templates: packedTemplates(packed),
    versions: json('versions.json') as PlanInputs['versions'],
    packages: json('packages.json') as PlanInputs['packages'],
  };
}
