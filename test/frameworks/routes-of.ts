import { channelsOf } from '../../src/frameworks/channels.ts';
import { serversOf } from '../../src/frameworks/servers.ts';
import { repositoryOf } from '../support/repository.ts';

type Files = Readonly<Record<string, string>>;

/** The routes of a repository, one line each: `GET /orders/:id refused`. */
export function routesOf(files: Files): string[] {
  return serversOf(repositoryOf(files)).flatMap(({ routes }) =>
    routes.map(({ method, path, guard }) => `${method} ${path} ${guard.state}`),
  );
}

/** The other doors of a repository: `socket.io open`. */
export function doorsOf(files: Files): string[] {
  return channelsOf(repositoryOf(files)).map(({ kind, guard }) => `${kind} ${guard.state}`);
}
