import type { App } from './apps.ts';
import { entriesOf, sourceAt, startCommandsOf } from './entries.ts';
import type { Place } from './place.ts';
import type { Repository } from './repository.ts';

/** Something that is loaded before the app: `node --import ./telemetry.js`, `-r dotenv/config`, in a command or in NODE_OPTIONS. */
export interface Preload {
  /** As it is written: a path or a package. */
  readonly name: string;
  /** The file of the repository that it is. */
  readonly path: string | undefined;
  readonly where: Place;
}

const settings =
  /(?:^|\/)(?:Dockerfile[\w.-]*|Procfile|[\w.-]*compose[\w.-]*\.ya?ml|fly\.toml|render\.ya?ml|app\.ya?ml|app\.json|ecosystem\.config\.[cm]?js|pm2[\w.-]*\.json|nixpacks\.toml|railway\.(?:json|toml)|[\w.-]*(?:deploy|deployment|k8s|kube|values|chart|task-definition)[\w.-]*\.(?:ya?ml|json|tf)|\.env\.(?:example|sample|template|production))$|(?:^|\/)(?:k8s|kubernetes|helm|charts|deploy|infra|manifests|\.?deployment|terraform)\/.*\.(?:ya?ml|tf|json)$/i;

/** What is loaded before an app, wherever its start is written. */
export function preloadsOf(repository: Repository, app: App): readonly Preload[] {
  const commands = startCommandsOf(repository, app).map(({ command, where }) => ({
    text: withScripts(app, command),
    where,
  }));
  const written = settingFiles(repository).map((path) => ({ text: repository.read(path) ?? '', where: { path } }));
  return [...commands, ...written].flatMap(({ text, where }) =>
    [
      ...text.matchAll(
        /(?:--import|--require|--loader|--experimental-loader|\s-r)(?:[\s=]|",\s*")+["']?([^\s"',\]]+)/g,
      ),
    ].map(([, name = '']) => ({
      name,
      where,
      path:
        name.startsWith('.') || name.includes('/')
          ? sourceAt(repository, app.root, name.replace(/^file:\/+/, ''))
          : undefined,
    })),
  );
}

/** Files that say how the app is run somewhere else. */
export function settingFiles(repository: Repository): string[] {
  return repository.files.flatMap(({ path, role, size }) =>
    role !== 'fixture' && size < 200_000 && settings.test(path) ? path : [],
  );
}

/** The files with which an app starts, those that are loaded before it first. */
export function startingFiles(repository: Repository, app: App): readonly string[] {
  const before = preloadsOf(repository, app).flatMap(({ path }) => path ?? []);
  return [...before, ...entriesOf(repository, app).map(({ path }) => path)];
}

function withScripts({ manifest }: App, command: string): string {
  return command.replaceAll(
    /\b(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:.-]+)/g,
    (whole, name: string) => `${whole} ${manifest?.scripts.get(name) ?? ''}`,
  );
}
