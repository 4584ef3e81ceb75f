import { linesOf } from '../../code/module.ts';
import { httpAppsOf, placeOfApp, serverFilesOf, type HttpApp } from '../../frameworks/http-apps.ts';
import { serversOf } from '../../frameworks/servers.ts';
import { importsOf, packageNameOf } from '../../code/imports.ts';
import type { Place } from '../../repository/place.ts';
import { reachedFrom } from '../../repository/imported-files.ts';
import type { Repository, RepositoryFile } from '../../repository/repository.ts';
import { startCommandsOf } from '../../repository/entries.ts';
import { settingFiles, startingFiles } from '../../repository/started-files.ts';
import { mayImport } from '../../repository/specifiers.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

export default defineRule({
  id: 'operability/health-and-shutdown',
  title: 'It says whether it is alive and ready, and when it is told to stop it finishes what it has begun.',
  why: 'Whatever runs it can only start it again when it can see that it is broken; and without an orderly end every new version cuts the requests of somebody.',
  weight: 'medium',
  stage: 'production',
  measured: true,
  finds:
    'Routes such as /livez, /readyz and /health, packages that bring them; handlers of SIGTERM that close the server, packages that do, enableShutdownHooks of Nest.',
  blind: 'Whether the answers are true, and whether it ends in time: `--boot` asks and stops it.',
  fix: 'Add GET /livez and GET /readyz, and a handler of SIGTERM that closes the server and then ends.',
  references: ['Twelve-Factor IX', 'nodebestpractices 5.7, 8.6', 'ASVS v5.0.0-13.4.5'],
  check(repository) {
    const apps = httpAppsOf(repository);
    if (apps.length === 0) return [{ verdict: 'not-applicable', message: 'Nothing here answers requests over HTTP.' }];
    return apps.flatMap((app) => {
      if (app.platform !== undefined)
        return [
          {
            verdict: 'not-applicable' as const,
            message: `A platform starts and stops it for each request (${app.platform}).`,
          },
        ];
      const findings = [health(repository, app), shutdown(repository, app)];
      const failures = findings.filter(({ verdict }) => verdict === 'fail');
      return failures.length > 0 ? failures : findings;
    });
  },
});

const names =
  '(?:livez|readyz|healthz?|health-?check|_health|ready|readiness|live|liveness|alive|ping|status|up|heartbeat|actuator/health)';
const healthPath = new RegExp(
  `^/?(?:[\\w-]+/)?(?:api/)?(?:v\\d+/)?${names}(?:/(?:live|ready|readiness|liveness))?/?$`,
  'i',
);
const quoted = `["'\`](?:GET )?/(?:api/)?(?:v\\d+/)?${names}(?:/(?:live|ready|readiness|liveness))?/?["'\`]`;
/** Where a path stands as one that is answered: a registration, a comparison, a key. A word in a list is none. */
const healthText = new RegExp(
  `(?:\\b(?:get|all|head|use|route|addRoute|startsWith|endsWith)\\(\\s*|===?\\s*|\\bcase\\s+|\\b(?:path|url|pathname|endpoint|route|\\w*Path)\\s*[:=]\\s*)${quoted}|${quoted}\\s*(?::|===?)|@(?:Get|Head|All|Controller)\\(\\s*["'\`]/?${names}`,
  'i',
);
const asks = /\b(?:fetch|axios|got|request|superagent|supertest)\b/;
const healthPackages =
  /^(?:@godaddy\/terminus|@nestjs\/terminus|lightship|express-healthcheck|fastify-healthcheck|@fastify\/under-pressure|under-pressure|@cloudnative\/health(?:-connect)?|express-actuator|koa-health|fastify-custom-healthcheck|@gquittet\/graceful-server|express-health-check|healthier|graphql-yoga)$/;
const shutdownPackages =
  /^(?:close-with-grace|@godaddy\/terminus|lightship|http-terminator|stoppable|http-graceful-shutdown|fastify-graceful-shutdown|@gquittet\/graceful-server|node-graceful|exit-hook|async-exit-hook|@moebius\/http-graceful-shutdown|server-destroy|graceful-http|killable|express-graceful-shutdown|http-shutdown|@tygra\/nestjs-graceful-shutdown|nestjs-graceful-shutdown|fastify-cli|@adonisjs\/core|sails|@strapi\/strapi|moleculer)$/;

function health(repository: Repository, { app }: HttpApp): RuleFinding {
  const routes = serversOf(repository)
    .filter((server) => server.app.root === app.root)
    .flatMap((server) => server.routes);
  const route = routes.find(({ path, method }) => healthPath.test(path) && /^(?:GET|HEAD|ALL)$/.test(method));
  if (route) return { verdict: 'pass', message: `${route.path} says whether it is alive.`, where: route.where };
  const found = fileWith(
    repository,
    serverFilesOf(repository, app),
    (text) => healthText.test(text) && !asks.test(text),
    healthPackages,
  );
  if (found) return { verdict: 'pass', message: 'It says whether it is alive.', where: found };
  const probe = settingFiles(repository).find((path) =>
    /livenessProbe|readinessProbe|healthCheckPath|healthcheckPath|http_checks|http_service\.checks|^HEALTHCHECK\s+(?!NONE)|^\s+healthcheck:/m.test(
      repository.read(path) ?? '',
    ),
  );
  if (probe !== undefined)
    return { verdict: 'pass', message: 'Whatever runs it asks whether it is alive.', where: { path: probe } };
  return {
    verdict: 'fail',
    message: 'Nothing can tell whether it is alive: when it hangs, it hangs until somebody complains.',
    where: placeOfApp(app),
    key: 'no health route',
    confidence: 'certain',
    searched: ['routes such as /livez, /readyz, /health, /status, /ping', 'packages that bring them'],
    remedy: 'Add GET /livez (it runs) and GET /readyz (what it needs is there), open to everybody, without details.',
  };
}

const closes =
  /\.\s*(?:close|closeAllConnections|stop|shutdown|terminate|destroy|drain|disconnect|end|\$disconnect)\s*\(|\b(?:shutdown|graceful\w*|cleanup|drain|stop|close)\w*\s*\(/i;

function shutdown(repository: Repository, target: HttpApp): RuleFinding {
  const { app, isNext } = target;
  if (isNext && startCommandsOf(repository, app).some(({ command }) => /\bnext\s+start\b/.test(command)))
    return { verdict: 'pass', message: 'Next.js finishes what it has begun when it is told to stop.' };
  const found = fileWith(
    repository,
    startedFilesOf(repository, target),
    (text) => /["'`]SIGTERM["'`]|\.\s*enableShutdownHooks\s*\(/.test(text),
    shutdownPackages,
  );
  const text = found ? (repository.read(found.path) ?? '') : '';
  if (found && (closes.test(text) || /enableShutdownHooks/.test(text) || found.byPackage))
    return {
      verdict: 'pass',
      message: 'It finishes what it has begun when it is told to stop.',
      where: { path: found.path, line: found.line },
    };
  if (found)
    return {
      verdict: 'fail',
      message: 'Told to stop, it ends at once and cuts the requests that are running: each new version does so.',
      ...proofAt(repository, found.path, found.line),
      key: 'no drain',
      confidence: 'likely',
      remedy:
        'Close the server in the handler of SIGTERM, and end when it is closed: `server.close(() => process.exit(0))`.',
    };
  return {
    verdict: 'fail',
    message: 'Told to stop, it is cut off in the middle of its requests: each new version does so.',
    where: placeOfApp(app),
    key: 'no shutdown',
    confidence: 'certain',
    searched: [
      'handlers of SIGTERM',
      'enableShutdownHooks of Nest',
      'packages such as close-with-grace and @godaddy/terminus',
    ],
    remedy:
      "Add `process.once('SIGTERM', ...)` that closes the server and its connections, and then ends, within ten seconds.",
  };
}

interface Found extends Place {
  readonly line: number;
  readonly byPackage: boolean;
}

/** The server code that runs when the app is started; all of it where the start could not be followed, or files are loaded by folder. */
function startedFilesOf(repository: Repository, { app }: HttpApp): readonly RepositoryFile[] {
  const files = serverFilesOf(repository, app);
  const reached = reachedFrom(repository, startingFiles(repository, app));
  const loadsFolders = files.some(({ path }) =>
    /autoload|readdir|require-all|\bglob/i.test(repository.read(path) ?? ''),
  );
  const isFollowed = serversOf(repository).some(
    (server) => server.app.root === app.root && reached.has(server.where.path),
  );
  return !isFollowed || loadsFolders ? files : files.filter(({ path }) => reached.has(path));
}

/** The first file of server code that holds a text, or imports such a package. */
function fileWith(
  repository: Repository,
  files: readonly RepositoryFile[],
  holds: (text: string) => boolean,
  packages: RegExp,
): Found | undefined {
  for (const { path } of files) {
    const lines = (repository.read(path) ?? '').split('\n');
    const at = lines.findIndex((line) => holds(line) && !/^\s*(?:\/\/|\*)/.test(line));
    if (at !== -1) return { path, line: at + 1, byPackage: false };
  }
  for (const { path } of files) {
    const module = mayImport(repository, path, packages) ? repository.module(path) : undefined;
    if (!module) continue;
    const used = importsOf(module).find(({ specifier }) => packages.test(packageNameOf(specifier) ?? ''));
    if (used) return { path, line: linesOf(module, used.node).first, byPackage: true };
  }
  return undefined;
}
