import { basename, resolve } from 'node:path';
import validate from 'validate-npm-package-name';
import { KnownError } from '../errors.ts';
import { isReserved } from './reserved.ts';

/** The package name of a project in that folder, such as `my-app` for `../my-app`. Throws when npm would refuse it. */
export function projectName(directory: string, workingDirectory: string): string {
  const name = basename(resolve(workingDirectory, directory));
  if (isReserved(name)) throw reserved(name);
  const problems = problemsOf(name);
  if (problems.length === 0) return name;
  throw new KnownError({
    code: 'bad-name',
    what: `npm refuses "${name}" as the name of a package: ${problems.join('; ')}.`,
    where: directory,
    next: `Try ${suggestion(name)}`,
  });
}

function problemsOf(name: string): readonly string[] {
  const { validForNewPackages, errors = [], warnings = [] } = validate(name);
  return validForNewPackages ? [] : [...errors, ...warnings];
}

function reserved(name: string): KnownError {
  return new KnownError({
    code: 'reserved-name',
    what: `"${name}" is a command of create-shipshape, so it cannot be the name of a project.`,
    where: name,
    next: `Try ${name}-app`,
  });
}

function suggestion(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain !== '' && problemsOf(plain).length === 0 ? plain : `${plain || 'my'}-app`;
}
