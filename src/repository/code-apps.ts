import { appsOf, type App } from './apps.ts';
import { kindOf } from './kinds.ts';
import { fact, type Repository } from './repository.ts';

/** The apps that hold a program: pages without one, and folders that only hold other packages, are left out. */
export const codeAppsOf = fact((repository: Repository): readonly App[] =>
  appsOf(repository).filter(
    (app) =>
      app.files.some(({ role }) => role === 'source') &&
      !/^(?:content|empty|workspace-root)$/.test(kindOf(repository, app).kind),
  ),
);
