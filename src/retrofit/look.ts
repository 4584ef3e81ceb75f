import { aboutOf, type About } from '../frameworks/about.ts';
import { httpAppsOf } from '../frameworks/http-apps.ts';
import type { Server } from '../frameworks/server.ts';
import { serversOf } from '../frameworks/servers.ts';
import { appsOf, type App } from '../repository/apps.ts';
import { codeAppsOf } from '../repository/code-apps.ts';
import type { Repository } from '../repository/repository.ts';
import type { SecretFinding } from '../secrets/finding.ts';
import { secretsIn } from '../secrets/secrets-in.ts';

/** What a project is, as far as its files tell. */
export interface Look {
  readonly facts: readonly About[];
  /** Credentials that stand in it. */
  readonly keys: readonly SecretFinding[];
  /** The packages that could be worked on, the likeliest first. */
  readonly apps: readonly App[];
}

/** Looks at a project. Reads only. */
export async function lookAtProject(repository: Repository): Promise<Look> {
  return { facts: aboutOf(repository), keys: await secretsIn(repository), apps: appsToRetrofit(repository) };
}

/** Apps that answer requests; where there is none, all that hold code; where there is none, the top. */
function appsToRetrofit(repository: Repository): readonly App[] {
  const http = httpAppsOf(repository)
    .filter(({ platform }) => platform !== 'serverless functions')
    .map(({ app }) => app);
  const code = codeAppsOf(repository);
  const all = http.length > 0 ? http : code.length > 0 ? code : appsOf(repository);
  return [...new Set(all)];
}

/** The server of an app: the one that listens. */
export function serverOf(repository: Repository, app: App): Server | undefined {
  const own = serversOf(repository).filter((server) => server.app.root === app.root);
  const most = own.toSorted((one, other) => other.routes.length - one.routes.length);
  return most.find(({ listens }) => listens !== undefined) ?? most[0];
}
