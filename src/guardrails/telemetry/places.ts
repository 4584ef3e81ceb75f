import { posix } from 'node:path';
import { deploymentWithPreload } from '../../code/edit/preload/deployment.ts';
import { dockerfileWithPreload } from '../../code/edit/preload/dockerfile.ts';
import { pm2FileWithPreload } from '../../code/edit/preload/pm2.ts';
import { usual, type Preload, type Preloaded } from '../../code/edit/preload/preload.ts';
import { procfileWithPreload } from '../../code/edit/preload/procfile.ts';
import { nodemonJsonWithPreload, packageJsonWithPreload } from '../../code/edit/preload/scripts.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { appOf } from '../../repository/apps.ts';
import { entriesOf, sourceAt } from '../../repository/entries.ts';
import { reachedFrom } from '../../repository/imported-files.ts';
import { nodeVersionsOf, type NodeVersion } from '../../repository/node-versions.ts';
import { allows } from '../../repository/version-ranges.ts';

/** A file that says how something is started. */
export interface StartFile {
  readonly path: string;
  /** The folders that its commands may run in, from the top of the repository, the most likely first. */
  readonly folders: readonly string[];
  with(text: string, preload: Preload): Preloaded;
}

/** Scripts that start nothing for long: what they run is no app that answers. */
const otherScripts =
  /^(?:pre|post)|^(?:test|lint|build|format|type-?check|check|guard|seed|migrate|e2e|coverage|prepare|install)\b/;

const kinds: readonly (readonly [RegExp, StartFile['with']])[] = [
  [/^package\.json$/, (text, preload) => packageJsonWithPreload(text, preload, (name) => !otherScripts.test(name))],
  [/^Procfile(?:\.\w+)?$/, procfileWithPreload],
  [/^nodemon\.json$/, nodemonJsonWithPreload],
  [
    /^(?:(?:docker|\.docker)\/)?(?:(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?|[\w.-]+\.[Dd]ockerfile)$/,
    dockerfileWithPreload,
  ],
  [
    /^(?:[\w.-]*compose[\w.-]*\.ya?ml|render\.ya?ml|fly\.toml|app\.ya?ml|railway\.(?:json|toml)|nixpacks\.toml|[\w.-]+\.service)$/,
    deploymentWithPreload,
  ],
];

const pm2 = /^(?:ecosystem|pm2|process)(?:[\w.-]*\.config)?\.(?:[cm]?js|json|ya?ml)$/;

/** The files that may start an app: in its own folder, and in those around it. */
export function startFilesAround({ app }: Scene, draft: Draft): readonly StartFile[] {
  return foldersAround(app.root).flatMap((folder) => {
    const near = folder === '' ? '' : `${folder}/`;
    const folders = [...new Set([folder, app.root])];
    return draft.repository().files.flatMap(({ path, role }): StartFile[] => {
      if (role === 'fixture' || !path.startsWith(near)) return [];
      const name = path.slice(near.length);
      const kind = kinds.find(([pattern]) => pattern.test(name))?.[1];
      // What stands in package.json runs beside it; everything else may have its own idea of where it runs.
      if (kind) return [{ path, folders: name === 'package.json' ? [folder] : folders, with: kind }];
      if (!pm2.test(name)) return [];
      return [{ path, folders, with: (text, preload) => pm2FileWithPreload(path, text, preload) }];
    });
  });
}

function foldersAround(root: string): string[] {
  const parts = root === '' ? [] : root.split('/');
  return [...parts.keys(), parts.length].map((length) => parts.slice(0, length).join('/')).toReversed();
}

/** How a preload is named and recognised by what runs in a folder. */
export function preloadIn(scene: Scene, draft: Draft, folder: string, ending: 'mjs' | 'cjs'): Preload {
  const module = relative(folder, inApp(scene, `guardrails/telemetry.${ending}`));
  return {
    module,
    ...(ending === 'cjs' && { required: module }),
    onlyRequired: asksForItsParent(scene, draft) || oldNode(scene, draft) !== undefined,
    nodemonExec: hasNodemonExec(draft, folder),
    starts: (file) => isStart(scene, draft, folder, file),
  };
}

function relative(folder: string, path: string): string {
  const to = posix.relative(folder, path);
  return to.startsWith('.') ? to : `./${to}`;
}

/** A Node.js from before `--import` that the app is said to run on. */
export function oldNode({ app }: Scene, draft: Draft): NodeVersion | undefined {
  const repository = draft.repository();
  return nodeVersionsOf(repository).find(
    ({ text, isRange, where }) =>
      [app.root, ''].includes(appOf(repository, where.path)?.root ?? '') &&
      (isRange
        ? withImport.every((version) => allows(text, version) === false)
        : Number(/^v?(\d+)/.exec(text)?.[1] ?? 99) < 18),
  );
}

/** Versions with `--import`: what allows none of them is older. */
const withImport = ['18.20.8', '20.20.2', '22.20.0', '24.10.0', '26.0.0', '99.0.0'];

/** `if (module.parent === null) app.listen()`: true without a preload, and with `--require`. */
function asksForItsParent({ app }: Scene, draft: Draft): boolean {
  const repository = draft.repository();
  return app.files.some(
    ({ path, role }) =>
      role === 'source' && /module\.parent\s*[=!]==|[=!]==?\s*module\.parent/.test(repository.read(path) ?? ''),
  );
}

function hasNodemonExec(draft: Draft, folder: string): boolean {
  const near = folder === '' ? '' : `${folder}/`;
  const own = /"exec(?:Map)?"\s*:/;
  return (
    own.test(draft.read(`${near}nodemon.json`) ?? '') ||
    /"nodemonConfig"\s*:\s*\{[^}]*"exec"/.test(draft.read(`${near}package.json`) ?? '')
  );
}

/** Whether a file that is started leads to the server of this app, and not to another program. */
function isStart({ app, server }: Scene, draft: Draft, folder: string, file: string): boolean {
  const repository = draft.repository();
  const source = sourceAt(repository, folder, file);
  if (source === undefined) return folder === app.root && usual(file);
  const reached = reachedFrom(repository, [source]);
  const wanted = [server?.listens?.path, server?.where.path].filter((path) => path !== undefined);
  if (wanted.some((path) => reached.has(path))) return true;
  const entries = entriesOf(repository, app);
  const others = reachedFrom(
    repository,
    entries.map(({ path }) => path),
  );
  // Where no entry is seen to lead there, files are loaded by name: then it is what the start script says.
  return (
    !wanted.some((path) => others.has(path)) && entries.some(({ path, role }) => path === source && role !== 'main')
  );
}
