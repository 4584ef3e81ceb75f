import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Server } from '../frameworks/server.ts';
import { entriesOf, startCommandsOf } from '../repository/entries.ts';
import type { Repository } from '../repository/repository.ts';

/** One way to start an app, as a line for a shell. */
export interface Start {
  readonly line: string;
  /** The folder to run it in, from the top of the repository. */
  readonly folder: string;
  /** Where the line comes from, for people. */
  readonly from: string;
  /** Lines that have to run to their end before, such as a build. */
  readonly before: readonly string[];
}

const frontendOnly =
  /^(?:\w+=\S+\s+)*(?:npx\s+)?(?:react-scripts|vite|vue-cli-service|ng|parcel|astro|webpack(?:-dev-server)?|http-server|serve|live-server)\b/;

/** Ways to start the app of a server, the most likely first. Whether one works shows at the port, not at the exit code. */
export function startsOf(repository: Repository, server: Server, folder: string): Start[] {
  const { app } = server;
  const file = server.listens?.path ?? server.where.path;
  const leadsThere = new Set(
    entriesOf(repository, app)
      .filter(({ path }) => path === file)
      .map(({ command }) => command),
  );
  const starts = startCommandsOf(repository, app)
    .filter(({ command, where }) => !frontendOnly.test(command) && /package\.json$|Procfile$/.test(where.path))
    .toSorted((one, other) => Number(leadsThere.has(other.command)) - Number(leadsThere.has(one.command)))
    .map(({ command, where }) => ({
      line: command,
      folder: app.root,
      from: `${where.path}${where.line === undefined ? '' : `:${where.line}`}`,
      before: buildFor(command, app.manifest?.scripts, join(folder, app.root)),
    }));
  return [...starts, directly(file, app.root, folder)].slice(0, 4);
}

/** `node dist/server.js` needs a build first where nothing has been built. */
function buildFor(command: string, scripts: ReadonlyMap<string, string> | undefined, folder: string): string[] {
  const built = /\b((?:dist|build|out|lib)\/[\w./-]+)/.exec(command)?.[1];
  const build = scripts?.get('build');
  const stands = built !== undefined && [built, `${built}.js`].some((path) => existsSync(join(folder, path)));
  return built !== undefined && build !== undefined && !stands ? [build] : [];
}

/** The file that listens, without any script around it. */
function directly(file: string, root: string, folder: string): Start {
  const inside = root === '' ? file : file.slice(root.length + 1);
  const bin = (name: string): boolean =>
    existsSync(join(folder, root, 'node_modules/.bin', name)) || existsSync(join(folder, 'node_modules/.bin', name));
  const runner = /\.[cm]?tsx?$/.test(file) ? (['tsx', 'ts-node'].find(bin) ?? 'node') : 'node';
  return {
    line: `${runner} ${JSON.stringify(inside)}`,
    folder: root,
    from: `the file that listens, ${file}`,
    before: [],
  };
}
