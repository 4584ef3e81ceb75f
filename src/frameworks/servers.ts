import { appsOf } from '../repository/apps.ts';
import { fact, type Repository } from '../repository/repository.ts';
import { recognisers } from './recognisers.ts';
import type { Server } from './server.ts';

/** Every HTTP server of a repository, in all its apps. */
export const serversOf = fact((repository: Repository): readonly Server[] =>
  appsOf(repository).flatMap((app) => recognisers.flatMap((recogniser) => recogniser.serversIn(app, repository))),
);
