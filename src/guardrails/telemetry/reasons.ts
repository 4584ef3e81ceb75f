import { httpAppsOf } from '../../frameworks/http-apps.ts';
import type { Server } from '../../frameworks/server.ts';
import { placeText } from '../../repository/place.ts';
import type { Draft } from '../../retrofit/draft.ts';
import type { Scene } from '../../retrofit/scene.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import { installRootOf, lockOf } from '../dependencies/locked.ts';
import { oldNode } from './places.ts';
import { whyNot, type PlannedStart } from './starts.ts';

/** Why nothing of ours can run where an app runs, or be installed there. */
export function whyNotHere(scene: Scene, draft: Draft, server: Server): string | undefined {
  return onPlatform(scene, server) ?? refusedByEngines(scene, draft);
}

function onPlatform({ repository, app }: Scene, { framework }: Server): string | undefined {
  const platform = httpAppsOf(repository).find((one) => one.app.root === app.root)?.platform;
  if (framework === 'serverless' || platform !== undefined)
    return `a platform starts it for each request and traces it (${platform ?? 'serverless functions'}): switch tracing on there`;
  return undefined;
}

/** The packages of OpenTelemetry ask for Node.js 22.15, and run on 18 and 20 as well. Some installers take the word for it. */
function refusedByEngines({ app, node }: Scene, draft: Draft): string | undefined {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return undefined;
  const repository = draft.repository();
  const lock = lockOf(repository, app);
  const folders = [...new Set([app.root, installRootOf(repository, app)])].map((root) =>
    root === '' ? '' : `${root}/`,
  );
  const strict = folders.some((near) => /^\s*engine-strict\s*=\s*true/m.test(draft.read(`${near}.npmrc`) ?? ''));
  const who = lock?.manager === 'yarn' && !lock.berry ? 'Yarn 1' : strict ? 'engine-strict in .npmrc' : undefined;
  return (
    who &&
    `${who} refuses the packages of OpenTelemetry on Node.js ${major}.${minor}: raise it to 22.15 or newer, and run the same command again`
  );
}

/** What is written with `import` needs `--import`; the rest can be loaded by `--require`, and does nothing on an old Node.js. */
export function tooOld(scene: Scene, draft: Draft, dialect: Dialect): string | undefined {
  const old = dialect === 'mjs' ? oldNode(scene, draft) : undefined;
  return (
    old &&
    `Node.js ${old.text} (${placeText(old.where)}) cannot load telemetry before the app: raise it to 20 or newer first`
  );
}

/** An app that Bun or Deno starts loads nothing of Node's. */
export function whyNotByNode(starts: readonly PlannedStart[]): string | undefined {
  if (starts.some(({ made }) => made.kind !== 'none')) return undefined;
  const why = starts.map(whyNot).find((each) => each?.startsWith('Bun'));
  return why && `telemetry is not loaded: ${why}`;
}
