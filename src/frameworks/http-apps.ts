import { appsOf, type App } from '../repository/apps.ts';
import { isClientFile } from '../repository/client-files.ts';
import { startCommandsOf } from '../repository/entries.ts';
import { kindOf } from '../repository/kinds.ts';
import type { Place } from '../repository/place.ts';
import { fact, type Repository, type RepositoryFile } from '../repository/repository.ts';
import { isSample, isSampleFile } from '../repository/samples.ts';
import { serversOf } from './servers.ts';

/** An app that answers requests. */
export interface HttpApp {
  readonly app: App;
  /** Where it is made. */
  readonly where: Place;
  /** True when it runs as Next.js, which listens and stops by itself. */
  readonly isNext: boolean;
  /** The platform that starts it for each request, when nothing here listens: `vercel.json`. */
  readonly platform: string | undefined;
}

/** Files of platforms that start a program for each request, and what they hold. */
const platforms: readonly (readonly [string, RegExp])[] = [
  ['vercel.json', /./],
  ['netlify.toml', /./],
  ['serverless.yml', /^provider:/m],
  ['serverless.yaml', /^provider:/m],
  ['serverless.ts', /provider/],
  ['wrangler.toml', /./],
  ['wrangler.json', /./],
  ['wrangler.jsonc', /./],
  ['template.yaml', /AWS::Serverless/],
  ['template.yml', /AWS::Serverless/],
  ['sst.config.ts', /./],
  ['firebase.json', /"functions"/],
  ['host.json', /"version"/],
];

/** The apps that answer requests; samples are left out. */
export const httpAppsOf = fact((repository: Repository): readonly HttpApp[] =>
  appsOf(repository).flatMap((app) => {
    if (isSample(repository, app)) return [];
    const servers = serversOf(repository).filter(
      (server) => server.app.root === app.root && !isSampleFile(app, server.where.path),
    );
    const found = kindOf(repository, app);
    const [server] = servers;
    const serves = /^(?:http|next)$/.test(found.kind) && !isSampleFile(app, found.where.path);
    if (!serves && !server) return [];
    const near = app.root === '' ? '' : `${app.root}/`;
    const platform = platforms.find(([name, mark]) =>
      [near + name, name].some((path) => mark.test(repository.read(path) ?? '')),
    )?.[0];
    const listens = servers.some((candidate) => candidate.listens !== undefined) || servers.length === 0;
    const started = startCommandsOf(repository, app).some(({ role }) => role === 'start');
    // A program that people type serves for them alone, and only as long as they wait.
    if (!started && (app.manifest?.bin.length ?? 0) > 0) return [];
    const functionsOnly = servers.length > 0 && servers.every(({ framework }) => framework === 'serverless');
    return [
      {
        app,
        where: server?.where ?? found.where,
        isNext: found.kind === 'next',
        platform: functionsOnly
          ? (platform ?? 'serverless functions')
          : found.kind === 'next' || !listens || !started
            ? platform
            : undefined,
      },
    ];
  }),
);

/** The code of an app that runs on the server, tests and tools left out. */
export function serverFilesOf(repository: Repository, app: App): readonly RepositoryFile[] {
  return app.files.filter(
    ({ path, role }) =>
      role === 'source' && !isClientFile(repository, path) && !isTool(app, path) && !isSampleFile(app, path),
  );
}

/** Scripts that people run by hand: what they print is for those people. */
function isTool({ root }: App, path: string): boolean {
  const inside = root === '' ? path : path.slice(root.length + 1);
  return (
    /^(?:scripts?|tools?|bin|prisma|seeds?|seeders|migrations|db\/(?:seeds?|migrations)|docs|examples?|bench(?:marks)?)\//.test(
      inside,
    ) || /(?:^|\/)(?:seed|migrate|cli)(?:\.[\w-]+)?\.[cm]?[jt]s$/.test(inside)
  );
}

/** How the place of an absence is told: the app's folder, `.` for the top. */
export function placeOfApp({ root }: App): Place {
  return { path: root === '' ? '.' : root };
}
