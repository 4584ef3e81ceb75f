import { resolve } from 'node:path';
import { KnownError } from '../errors.ts';
import { fileAbove, placeAt } from '../world/place.ts';
import type { Session } from './session.ts';

const listed = 8;

/** Throws when a new project cannot go there: something stands in the way. Without a folder, it looks at the working directory. */
export function refusePlace(
  directory: string | undefined,
  { workingDirectory }: Pick<Session, 'workingDirectory'>,
): void {
  const folder = resolve(workingDirectory, directory ?? '.');
  const place = placeAt(folder);
  if (place.kind === 'project') throw existingProject(folder);
  if (directory === undefined) return;
  const blocking = place.kind === 'file' ? folder : fileAbove(folder);
  if (blocking !== undefined) throw fileInTheWay(blocking);
  if (place.kind === 'taken') throw notEmpty(folder, place.entries);
}

/** True where a folder holds a project already, so that it can only be brought into shape. */
export function holdsProject(
  directory: string | undefined,
  { workingDirectory }: Pick<Session, 'workingDirectory'>,
): boolean {
  return placeAt(resolve(workingDirectory, directory ?? '.')).kind === 'project';
}

function existingProject(folder: string): KnownError {
  return new KnownError({
    code: 'existing-project',
    what: 'This folder already holds a project. The command retrofit brings it into shape, create makes new ones.',
    where: folder,
    next: 'Type: npx create-shipshape@latest retrofit --dry-run. For a new project, name a folder that does not exist: npm create shipshape@latest my-app',
  });
}

function notEmpty(folder: string, entries: readonly string[]): KnownError {
  const more = entries.length > listed ? ` and ${entries.length - listed} more` : '';
  return new KnownError({
    code: 'folder-not-empty',
    what: `The folder is not empty: ${entries.slice(0, listed).join(', ')}${more}.`,
    where: folder,
    next: 'Name a folder that does not exist, or move these away. Nothing was written.',
  });
}

function fileInTheWay(file: string): KnownError {
  return new KnownError({
    code: 'file-in-the-way',
    what: 'A file stands where the folder of the project should be.',
    where: file,
    next: 'Choose another name, or move the file away.',
  });
}
