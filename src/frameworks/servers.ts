import { appsOf } from '../repository/apps.ts';
import type { Place } from '../repository/place.ts';
import { fact, type Repository } from '../repository/repository.ts';
import { recognisers } from './recognisers.ts';
import type { Server } from './server.ts';

/** An app in which the servers of one framework could not be looked for: what it serves is not known. */
export interface RecognitionFailure {
  /** The id of the framework. */
  readonly framework: string;
  readonly where: Place;
  /** For people: `looking for express servers stumbled (...)`. */
  readonly why: string;
}

/** One recogniser that throws costs its own answer and no other. */
const recognised = fact((repository: Repository) => {
  const servers: Server[] = [];
  const failures: RecognitionFailure[] = [];
  for (const app of appsOf(repository))
    for (const { id, serversIn } of recognisers) {
      try {
        servers.push(...serversIn(app, repository));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const where = { path: app.manifest?.path ?? (app.root || '.') };
        failures.push({ framework: id, where, why: `looking for ${id} servers stumbled (${reason.slice(0, 200)})` });
      }
    }
  return { servers, failures };
});

/** Every HTTP server of a repository, in all its apps, as far as they could be looked for. */
export function serversOf(repository: Repository): readonly Server[] {
  return recognised(repository).servers;
}

/** What is missing from `serversOf`, and why. Whoever concludes something from a server that is not there has to ask. */
export function recognitionFailures(repository: Repository): readonly RecognitionFailure[] {
  return recognised(repository).failures;
}
