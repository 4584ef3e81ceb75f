import { byCodeUnit } from '../tree/lines.ts';
import type { App } from './apps.ts';
import type { Place } from './place.ts';
import type { Repository } from './repository.ts';

/** A file that something starts: a script of package.json, a Procfile, a Dockerfile. */
export interface Entry {
  /** The source file, from the top of the repository. */
  readonly path: string;
  /** What starts it, as it is written: `node dist/server.js`. */
  readonly command: string;
  /** Where that is written. */
  readonly where: Place;
  /** `start` runs it for users, `dev` while it is written, `main` only names it. */
  readonly role: 'start' | 'dev' | 'main';
}

/** A command line that starts something of an app. */
export interface StartCommand {
  readonly command: string;
  readonly where: Place;
  readonly role: Entry['role'];
}

const endings = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const startScripts = /^(?:start|serve|server|prod|production|run)(?:[:_-].+)?$/;
const devScripts = /^(?:dev|develop|watch)(?:[:_-].+)?$/;

/** The files that start an app, the most likely first. */
export function entriesOf(repository: Repository, app: App): readonly Entry[] {
  const entries = startCommandsOf(repository, app).flatMap((start) =>
    filesStartedBy(repository, app, start.command).map((path) => ({ path, ...start })),
  );
  const main = app.manifest?.main;
  const mainPath = main === undefined ? undefined : sourceAt(repository, app.root, main);
  if (mainPath !== undefined && app.manifest)
    entries.push({ path: mainPath, command: `main: ${main}`, where: { path: app.manifest.path }, role: 'main' });
  return entries.filter(({ path }, index) => entries.findIndex((entry) => entry.path === path) === index);
}

/** The command lines that start an app: start and dev scripts, Procfile, Dockerfile. */
export function startCommandsOf(repository: Repository, app: App): readonly StartCommand[] {
  const scripts = [...(app.manifest?.scripts ?? [])];
  const asked = (pattern: RegExp, role: Entry['role']): StartCommand[] =>
    scripts
      .filter(([name]) => pattern.test(name))
      .toSorted(([one], [other]) => byCodeUnit(one, other))
      .map(([name, command]) => ({ command, role, where: placeOfScript(repository, app, name) }));
  return [...asked(startScripts, 'start'), ...deployCommands(repository, app), ...asked(devScripts, 'dev')];
}

/** Where a script stands in package.json. */
function placeOfScript(repository: Repository, { manifest }: App, name: string): Place {
  const path = manifest?.path ?? 'package.json';
  const lines = (repository.read(path) ?? '').split('\n');
  const scripts = lines.findIndex((line) => /"scripts"\s*:/.test(line));
  const line = lines.findIndex((text, index) => index >= scripts && text.includes(`"${name}"`));
  return line < 0 ? { path } : { path, line: line + 1 };
}

function deployCommands(repository: Repository, { root, files }: App): StartCommand[] {
  const inFolder = (name: RegExp): string[] =>
    files.map(({ path }) => path).filter((path) => name.test(path.slice(root === '' ? 0 : root.length + 1)));
  return [...inFolder(/^Procfile$/), ...inFolder(/^(?:docker\/)?Dockerfile(?:\.[\w-]+)?$/)].flatMap((path) =>
    (repository.read(path) ?? '').split('\n').flatMap((line, index): StartCommand[] => {
      const command = /^\s*(?:web|worker)\s*:\s*(.+)$|^\s*(?:CMD|ENTRYPOINT)\s+(.+)$/.exec(line);
      const text = command?.[1] ?? command?.[2];
      return text === undefined
        ? []
        : [{ command: text.replaceAll(/[[\]",\s]+/g, ' ').trim(), where: { path, line: index + 1 }, role: 'start' }];
    }),
  );
}

/** The source files of an app that a command line names, its own scripts followed. */
function filesStartedBy(repository: Repository, app: App, command: string, followed = new Set<string>()): string[] {
  if (followed.has(command)) return [];
  followed.add(command);
  const folder = /(?:^|&&\s*)cd\s+([\w./-]+)\s*&&/.exec(command)?.[1];
  const root = folder === undefined ? app.root : joined(app.root, folder);
  const files = command
    .split(/[\s"'`;]+/)
    .filter(
      (word) =>
        /^[\w@./-]+$/.test(word) && (/\.[cm]?[jt]sx?$/.test(word) || /[/]|^(?:index|server|app|main)$/.test(word)),
    )
    .flatMap((word) => sourceAt(repository, root, word) ?? []);
  if (/\bnest\s+start\b/.test(command)) files.push(...[sourceAt(repository, root, 'src/main.ts') ?? []].flat());
  const scripts = [...command.matchAll(/\b(?:npm|pnpm|yarn|bun)\s+(?:run\s+|run-script\s+)?([\w:.-]+)/g)].flatMap(
    ([, name = '']) => app.manifest?.scripts.get(name) ?? [],
  );
  return [...files, ...scripts.flatMap((script) => filesStartedBy(repository, app, script, followed))];
}

/** The source of a file that a command names, from the folder it runs in: `dist/server.js` is built from `src/server.ts`. */
export function sourceAt(repository: Repository, root: string, named: string): string | undefined {
  const exact = joined(root, named);
  const built = /^(?:\.\/)?(?:dist|build|out|lib|\.output)\/(.+?)(?:\.[cm]?js)?$/.exec(named)?.[1];
  const bare = named.replace(/\.[cm]?js$/, '');
  const candidates = [
    ...endings.map((ending) => exact + ending),
    ...(built === undefined
      ? [joined(root, bare)]
      : [joined(root, `src/${built}`), joined(root, built), joined(root, built.replace(/^src\//, ''))]
    ).flatMap((path) => endings.slice(1).map((ending) => path + ending)),
    ...endings.slice(1).map((ending) => `${exact}/index${ending}`),
  ];
  return candidates.find((path) => {
    const role = repository.file(path)?.role;
    return role === 'source' || role === 'config';
  });
}

/** Two parts of a path put together, `.` and `..` resolved. */
export function joined(root: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${root}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
