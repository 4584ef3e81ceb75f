import type { App } from '../../repository/apps.ts';
import { startCommandsOf } from '../../repository/entries.ts';
import type { Repository } from '../../repository/repository.ts';
import { settingFiles } from '../../repository/started-files.ts';
import { serverModules } from '../server-files.ts';

/** Whether an app runs with NODE_ENV=production, which is what Express and many error handlers ask before they show what went wrong. */
export type ProductionMode = 'set' | 'not set' | 'not known';

const written = /\bNODE_ENV["']?\s*(?:[:=]|\s|,?\s*-?\s*["']?value["']?\s*[:=])\s*["']?production/;
const inCode =
  /\bNODE_ENV['"]?\]?\s*(?:\?\?|\|\|)?=\s*['"`]production|\.set\(\s*['"`]env['"`]\s*,\s*['"`]production['"`]/;

/** Files of hosts that set it for every program of Node.js that they run. */
const setting: readonly (readonly [string, RegExp])[] = [
  ['Procfile', /./],
  ['app.json', /"(?:buildpacks|formation|stack)"/],
  ['vercel.json', /./],
  ['render.yaml', /(?:env|runtime):\s*node/],
  ['railway.json', /./],
  ['railway.toml', /./],
  ['nixpacks.toml', /./],
  ['app.yaml', /runtime:\s*nodejs/],
  ['firebase.json', /"functions"/],
];

/** Files of hosts of which nobody knows that. */
const unclear = ['netlify.toml', 'serverless.yml', 'serverless.yaml', 'serverless.ts', 'template.yaml', 'host.json'];

/** Whether something in the repository, or the host that it names, sets NODE_ENV to production for an app. */
export function productionModeOf(repository: Repository, app: App): ProductionMode {
  if (isWritten(repository, app)) return 'set';
  const near = (name: string): string[] => [app.root === '' ? name : `${app.root}/${name}`, name];
  if (setting.some(([name, mark]) => near(name).some((path) => mark.test(repository.read(path) ?? '')))) return 'set';
  return unclear.some((name) => near(name).some((path) => repository.file(path))) ? 'not known' : 'not set';
}

function isWritten(repository: Repository, app: App): boolean {
  const starts = startCommandsOf(repository, app).filter(({ role }) => role === 'start');
  if (starts.some(({ command }) => written.test(command))) return true;
  const files = [...settingFiles(repository), ...deploying(repository)];
  if (files.some((path) => written.test(withoutNotes(repository.read(path) ?? '')))) return true;
  return serverModules(repository, app, inCode).length > 0;
}

/** Scripts, services and pipelines that put it on a machine, and settings that it reads at the start. */
function deploying(repository: Repository): string[] {
  return repository.files.flatMap(({ path, role, size }) =>
    role !== 'fixture' &&
    size < 200_000 &&
    /(?:^|\/)\.env(?:\.\w+)?$|\.(?:service|sh)$|(?:^|\/)(?:Makefile|Containerfile)$/.test(path)
      ? [path]
      : [],
  );
}

function withoutNotes(text: string): string {
  return text.replaceAll(/^[ \t]*(?:#|\/\/).*$/gm, '');
}
