import type { App } from './apps.ts';
import { entriesOf } from './entries.ts';
import type { Place } from './place.ts';
import type { Repository } from './repository.ts';
import { signsIn } from './signs.ts';

/** What an app is, told from code that is used and not from what package.json lists. */
export type AppKind =
  'http' | 'spa' | 'next' | 'worker' | 'bot' | 'cli' | 'library' | 'content' | 'workspace-root' | 'empty';

export interface AppKindFound {
  readonly kind: AppKind;
  /** What shows it, for people: `makes an express server`. */
  readonly evidence: string;
  readonly where: Place;
}

/** What an app is, with the place that shows it. */
export function kindOf(repository: Repository, app: App): AppKindFound {
  const known = kinds.get(app) ?? decide(repository, app);
  kinds.set(app, known);
  return known;
}

const kinds = new WeakMap<App, AppKindFound>();

function decide(repository: Repository, app: App): AppKindFound {
  const next = nextSign(app);
  if (next) return next;
  const [sign] = signsIn(repository, app);
  if (sign) return sign;
  const [entry] = entriesOf(repository, app).filter(
    ({ path, role }) => role !== 'main' && app.files.some((file) => file.path === path),
  );
  const page = app.files.find(({ path, role }) => role === 'text' && /\.html?$/.test(path));
  const manifest = app.manifest && { path: app.manifest.path };
  const code = app.files.find(({ role }) => role === 'source');
  const spa = /\b(?:react-scripts|vite|ng|vue-cli-service|astro|parcel|webpack-dev-server)\b/;
  const built = [...(app.manifest?.scripts ?? [])].find(
    ([name, script]) => /^(?:dev|start|build|serve)/.test(name) && spa.test(script),
  );
  if (built && manifest && code) return { kind: 'spa', evidence: `builds a page: ${built[1]}`, where: manifest };
  if (isWorkspaceRoot(repository, app) && !entry && manifest)
    return { kind: 'workspace-root', evidence: 'holds other packages', where: manifest };
  if (app.manifest?.bin.length && manifest) return { kind: 'cli', evidence: 'has a command (bin)', where: manifest };
  if (entry)
    return { kind: 'worker', evidence: `is started by ${entry.command} and serves nothing`, where: entry.where };
  if (code && manifest && (app.manifest?.main !== undefined || !app.manifest?.private))
    return { kind: 'library', evidence: 'is code that other code imports', where: { path: code.path } };
  if (code)
    return page
      ? { kind: 'content', evidence: 'is a page with scripts', where: { path: page.path } }
      : { kind: 'cli', evidence: 'is scripts that are run by hand', where: { path: code.path } };
  if (page) return { kind: 'content', evidence: 'is pages', where: { path: page.path } };
  return { kind: 'empty', evidence: 'has no code', where: manifest ?? { path: app.root || '.' } };
}

/** Next.js needs no call: its folders are its routes. */
function nextSign({ manifest, files, root }: App): AppKindFound | undefined {
  const uses = manifest && (manifest.dependencies.has('next') || manifest.devDependencies.has('next'));
  if (!manifest || !uses) return undefined;
  const script = [...manifest.scripts.values()].find((command) => /\bnext\b/.test(command));
  const page = files.find(({ path }) =>
    /^(?:src\/)?(?:app\/(?:.*\/)?(?:page|route|layout)|pages\/.+)\.[cm]?[jt]sx?$/.test(
      path.slice(root === '' ? 0 : root.length + 1),
    ),
  );
  if (!page) return undefined;
  return {
    kind: 'next',
    evidence: script ? `is started by ${script}` : 'has the folders of Next.js',
    where: { path: page.path },
  };
}

function isWorkspaceRoot(repository: Repository, { root, manifest }: App): boolean {
  const inside = (name: string): string => (root === '' ? name : `${root}/${name}`);
  const marks = ['pnpm-workspace.yaml', 'lerna.json', 'turbo.json', 'nx.json', 'rush.json'];
  return (
    manifest !== undefined && (manifest.workspaces.length > 0 || marks.some((mark) => repository.file(inside(mark))))
  );
}
