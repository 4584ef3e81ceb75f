import type { Server } from '../../src/frameworks/server.ts';
import { serversOf } from '../../src/frameworks/servers.ts';
import { repositoryOf } from '../support/repository.ts';

/** The servers that are recognised in some files. */
export function serversIn(files: Readonly<Record<string, string>>): readonly Server[] {
  return serversOf(repositoryOf(files));
}

/** The routes of all servers, each as `GET /path`. */
export function routesIn(files: Readonly<Record<string, string>>): string[] {
  return serversIn(files).flatMap(({ routes }) => routes.map(({ method, path }) => `${method} ${path}`));
}

/** The routes of all servers, each with what a stranger meets: `GET /path refused`. */
export function askedIn(files: Readonly<Record<string, string>>): string[] {
  return serversIn(files).flatMap(({ routes }) =>
    routes.map(({ method, path, guard }) => `${method} ${path} ${guard.state}`),
  );
}
