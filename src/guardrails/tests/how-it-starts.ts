import { startCommandsOf } from '../../repository/entries.ts';
import { installingOf } from '../../repository/installing.ts';
import type { Repository } from '../../repository/repository.ts';
import { dependenciesOf, type App } from '../../repository/apps.ts';
import type { Server } from '../../frameworks/server.ts';

const pages =
  /^(?:\w+=\S+\s+)*(?:npx\s+)?(?:react-scripts|vite|vue-cli-service|ng|parcel|astro|webpack(?:-dev-server)?|http-server|serve|live-server)\b/;
/** What only builds or looks starts no app. */
const buildsOnly =
  /^(?:\w+=\S+\s+)*(?:npx\s+)?(?:tsc|swc|babel|esbuild|tsup|rollup|eslint|oxlint|prettier|jest|vitest)\b/;
const manager = /(?:^|&&\s*)(?:npm|pnpm|yarn|bun)\b/;

/** The lines that may start an app for its tests, in its own folder: from its source where that can be, else built anew; without watching. */
export function startLines(repository: Repository, { app, listens, where }: Server): readonly string[] {
  const file = fromRoot(app, listens?.path ?? where.path);
  const commands = startCommandsOf(repository, app)
    .filter(({ where: place }) => /package\.json$|Procfile$/.test(place.path))
    .map(({ command }) => plainly(command))
    .filter((command) => !pages.test(command) && !buildsOnly.test(command) && !manager.test(command));
  const fromSource = commands.filter((command) => !isBuilt(repository, app, command));
  const source = fromSource.find((command) => command.includes(withoutEnding(file))) ?? fromSource[0];
  const built = commands.find((command) => isBuilt(repository, app, command));
  const again = built === undefined ? [] : [afterBuild(repository, app, built)];
  const direct = directly(app, file);
  const first = source ?? direct ?? again[0] ?? `node ${file}`;
  return [...new Set([first, ...again])];
}

/** What comes last is what listens; what only restarts it when a file changes is left away. */
function plainly(command: string): string {
  const last = command.split('&&').at(-1)?.trim() ?? command;
  const chosen =
    /^(?:\w+=\S+\s+)*(?:node|nodemon|tsx|ts-node|ts-node-dev)\s/.test(last) && !/\bcd\s/.test(command) ? last : command;
  return chosen
    .replace(/^nodemon\s+(?:--watch\s+\S+\s+)?--exec\s+(?:["']([^"']+)["']|(\S+))\s+(\S+).*$/, '$1$2 $3')
    .replace(
      /^((?:\w+=\S+\s+)*)nodemon\s+(?:-{1,2}(?:ignore|watch|ext|e)[\s=]\S+\s+)*(?=[\w./-]+\.[cm]?js\b)/,
      '$1node ',
    )
    .replace(/^((?:\w+=\S+\s+)*)nodemon\s+(?=[\w./-]+$)/, '$1node ')
    .replace(/^((?:\w+=\S+\s+)*)tsx\s+watch\s+/, '$1tsx ')
    .replace(/^((?:\w+=\S+\s+)*node\s.*?)--watch\s+/, '$1');
}

/** True for what a build makes: `node dist/server.js` where no such file is kept. */
function isBuilt(repository: Repository, app: App, command: string): boolean {
  const built = /(?:^|\s)(?:\.\/)?((?:dist|build|out|lib)\/[\w./-]+)/.exec(command)?.[1];
  if (built === undefined) return /\bnext\s+start\b/.test(command);
  return !app.files.some(
    ({ path }) => [built, `${built}.js`].includes(fromRoot(app, path)) && repository.file(path)?.tracked,
  );
}

/** What was built before says nothing of the code as it is now. */
function afterBuild(repository: Repository, app: App, built: string): string {
  return app.manifest?.scripts.has('build') ? `${installingOf(repository, app).run} build && ${built}` : built;
}

function directly(app: App, file: string): string | undefined {
  const packages = dependenciesOf(app);
  const runner = /\.[cm]?tsx?$/.test(file) ? ['tsx', 'ts-node'].find((name) => packages.has(name)) : 'node';
  return runner === undefined ? undefined : `${runner} ${file}`;
}

function withoutEnding(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, '');
}

function fromRoot({ root }: App, path: string): string {
  return root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
