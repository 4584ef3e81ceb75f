import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choices, type PackageManager } from '../../answers/answers.ts';
import { KnownError } from '../../errors.ts';
import type { FrameworkAdapter } from '../../frameworks/framework.ts';
import { frameworks } from '../../frameworks/registry.ts';

/** What a generator must know of a project, from its `shipshape.json`. */
export interface ShipshapeProject {
  readonly folder: string;
  readonly framework: FrameworkAdapter;
  readonly packageManager: PackageManager;
}

/** The project in a folder. Throws where create-shipshape has not made one. */
export function shipshapeProject(folder: string): ShipshapeProject {
  const manifest = join(folder, 'shipshape.json');
  if (!existsSync(manifest)) throw notAProject(folder);
  const { answers = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { answers?: Record<string, unknown> };
  const framework = frameworks.find(({ id }) => id === answers['framework']);
  if (!framework) throw notAProject(manifest);
  const packageManager = choices.packageManager.find((manager) => manager === answers['packageManager']) ?? 'npm';
  return { folder, framework, packageManager };
}

function notAProject(where: string): KnownError {
  return new KnownError({
    code: 'not-a-project',
    what: 'This is not the folder of a project that create-shipshape has made: there is no shipshape.json that names its framework.',
    where,
    next: 'Go to the top folder of the project and run the same line again.',
  });
}
