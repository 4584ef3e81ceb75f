import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KnownError } from '../errors.ts';

/** The folder, if it holds an installed project with a check of its own. */
export function projectToDrill(folder: string): string {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest) || !hasCheck(manifest)) {
    throw new KnownError({
      code: 'not-a-project',
      what: 'There is no project with a script named check here, so there is nothing to drill.',
      where: folder,
      next: 'Go to the folder of a project that create-shipshape made, or name it: npx create-shipshape@latest drill my-app',
    });
  }
  if (!existsSync(join(folder, 'node_modules'))) {
    throw new KnownError({
      code: 'not-installed',
      what: 'The packages of the project are not installed, so its check cannot run.',
      where: folder,
      next: 'npm install',
    });
  }
  return folder;
}

function hasCheck(manifest: string): boolean {
  try {
    const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as { scripts?: Record<string, string> };
    return scripts?.['check'] !== undefined;
  } catch {
    return false;
  }
}
