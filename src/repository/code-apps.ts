import { appsOf, type App } from './apps.ts';
import { kindOf } from './kinds.ts';
import { fact, type Repository } from './repository.ts';
import { isSample } from './samples.ts';

/** The apps that hold a program: pages without one, folders that only hold other packages, and samples are left out. */
export const codeAppsOf = fact((repository: Repository): readonly App[] =>
  appsOf(repository).filter(
    (app) =>
      !isSample(repository, app) &&
      app.files.some(({ role }) => role === 'source') &&
      !/^(?:content|empty|workspace-root)$/.test(kindOf(repository, app).kind),
  ),
);
