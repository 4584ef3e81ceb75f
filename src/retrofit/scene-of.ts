import { isCode } from '../code/parse.ts';
import { KnownError } from '../errors.ts';
import { isGenerated } from '../flow/generated.ts';
import type { App } from '../repository/apps.ts';
import type { Repository } from '../repository/repository.ts';
import { serverOf, type Look } from './look.ts';

/** Throws where there is nothing to work on, or where the guardrails have been there from the first minute. */
export function requireProject(repository: Repository): void {
  if (isGenerated(repository))
    throw new KnownError({
      code: 'already-shaped',
      what: 'This project was made by create: its guardrails are there already, and a second set would stand in their way.',
      where: repository.name,
      next: 'See whether they all hold: npm run check, and npx create-shipshape@latest check',
    });
  refuseUnreadable(repository);
  const isCodeThere = repository.files.some(
    ({ path, role }) => isCode(path) && (role === 'source' || role === 'config'),
  );
  const isPackage = repository.files.some(({ path }) => path.endsWith('package.json'));
  if (!isCodeThere && !isPackage) throw nothingToDo(repository);
}

/** What npm cannot read, nobody can install or start. */
function refuseUnreadable(repository: Repository): void {
  const text = repository.read('package.json');
  if (text === undefined) return;
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KnownError({
      code: 'bad-value',
      what: `package.json is no JSON that a package manager can read: ${reason.slice(0, 120)}`,
      where: 'package.json',
      next: 'Mend it first: comments and commas at the end of a list are not allowed there.',
    });
  }
}

/** The package that is worked on: the one that was named, else the only one there is. Throws where several could be meant. */
export function appToWorkOn(repository: Repository, { apps }: Look, named: string | undefined): App {
  const [only, ...more] = apps;
  if (named !== undefined) {
    const found = apps.find(({ root }) => root === named);
    if (found) return found;
    throw new KnownError({
      code: 'bad-value',
      what: `There is no package in ${named === '' ? 'the top folder' : named}.`,
      where: '--app',
      next: `Choose from: ${apps.map(folderOf).join(', ')}`,
    });
  }
  if (!only) throw nothingToDo(repository);
  if (more.length === 0) return only;
  throw new KnownError({
    code: 'bad-value',
    what: `There are several apps here: ${apps.map((app) => `${folderOf(app)} (${whatItIs(repository, app)})`).join(', ')}.`,
    where: '--app',
    next: `Say which one: --app ${folderOf(only)}`,
  });
}

/** How people name the folder of an app. */
export function folderOf({ root }: App): string {
  return root === '' ? '.' : root;
}

/** In a few words, for a list to choose from. */
export function whatItIs(repository: Repository, app: App): string {
  const server = serverOf(repository, app);
  return server ? `${server.framework}, ${server.routes.length} routes` : 'no server';
}

function nothingToDo({ name }: Repository): KnownError {
  return new KnownError({
    code: 'not-a-project',
    what: 'There is no JavaScript or TypeScript here that could be brought into shape.',
    where: name,
    next: 'Name the folder of a project: npx create-shipshape@latest retrofit ../my-prototype',
  });
}
