import type { Preloaded } from '../../code/edit/preload/preload.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { fromApp, inApp } from '../../retrofit/in-app.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { readJson, setJson } from '../../tree/json.ts';
import { isRecord } from '../../tree/record.ts';
import { preloadIn, startFilesAround, type StartFile } from './places.ts';

/** What becomes of one file that starts something. */
export interface PlannedStart {
  readonly path: string;
  readonly made: Preloaded;
}

/** What would have to change so that everything that starts the app loads its telemetry first. */
export function plannedStarts(scene: Scene, draft: Draft, ending: 'mjs' | 'cjs'): readonly PlannedStart[] {
  const found = startFilesAround(scene, draft).map((file) => ({
    path: file.path,
    made: planned(file, scene, draft, ending),
  }));
  return found.some(({ made }) => made.kind !== 'none') ? found : [...found, ...newScript(scene, draft, ending)];
}

function planned(file: StartFile, scene: Scene, draft: Draft, ending: 'mjs' | 'cjs'): Preloaded {
  const text = draft.read(file.path) ?? '';
  const tried = file.folders.map((folder) => file.with(text, preloadIn(scene, draft, folder, ending)));
  return tried.find(({ kind }) => kind !== 'none') ?? tried.find((made) => isTelling(made)) ?? (tried[0] as Preloaded);
}

/** Whether a file that stays as it is does start something. */
function isTelling(made: Preloaded): boolean {
  return made.kind === 'none' && !/^(?:it starts|it leaves|no script)/.test(made.why);
}

/** Why a file that starts the app stays as it is; undefined where it changes, or starts nothing. */
export function whyNot({ made }: PlannedStart): string | undefined {
  return made.kind === 'none' && isTelling(made) ? made.why : undefined;
}

/** Where nothing starts the server, a script does from now on. */
function newScript(scene: Scene, draft: Draft, ending: 'mjs' | 'cjs'): PlannedStart[] {
  const { server, app } = scene;
  const file = server?.listens?.path;
  const path = inApp(scene, 'package.json');
  const text = draft.read(path);
  if (file === undefined || text === undefined) return [];
  const runner = /\.[cm]?tsx?$/.test(file) ? (hasPackage(text, 'tsx') ? 'tsx' : undefined) : 'node';
  const scripts = scriptsIn(text);
  const name = ['start', 'start:server'].find((free) => !scripts.has(free));
  // A start that is written in a way that could not be followed is not to get a second one beside it.
  const started = [...scripts].some(([, command]) => command.includes(fromApp({ app }, file)));
  if (runner === undefined || name === undefined || started) return [];
  const { module } = preloadIn(scene, draft, app.root, ending);
  const command = `${runner} --import ${module} ${fromApp({ app }, file)}`;
  return [{ path, made: { kind: 'text', text: setJson(text, ['scripts', name], command) } }];
}

function scriptsIn(text: string): ReadonlyMap<string, string> {
  const json = readJson(text);
  const scripts = isRecord(json) && isRecord(json['scripts']) ? json['scripts'] : {};
  return new Map(Object.entries(scripts).map(([name, command]) => [name, String(command)]));
}

function hasPackage(text: string, name: string): boolean {
  const json = readJson(text);
  return ['dependencies', 'devDependencies'].some(
    (kind) => isRecord(json) && isRecord(json[kind]) && name in json[kind],
  );
}
