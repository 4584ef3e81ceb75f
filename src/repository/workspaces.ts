import { appsOf, type App } from './apps.ts';
import { fact, type Repository } from './repository.ts';
import { yamlAt } from './yaml.ts';

/** The packages that share one lock file: each folder with the folder of its workspace; a package of its own has its own folder. */
export const workspaceRootsOf = fact((repository: Repository): ReadonlyMap<string, string> => {
  const apps = appsOf(repository);
  const roots = apps.flatMap((app) => {
    const globs = workspaceGlobs(repository, app);
    return globs.length > 0 ? [{ root: app.root, globs: globs.map((glob) => patternOf(app.root, glob)) }] : [];
  });
  return new Map(
    apps.map(({ root }) => [
      root,
      roots.find((workspace) => workspace.globs.some((glob) => glob.test(root)))?.root ?? root,
    ]),
  );
});

function workspaceGlobs(repository: Repository, { root, manifest }: App): string[] {
  const inside = (name: string): string => (root === '' ? name : `${root}/${name}`);
  const pnpm = yamlAt(repository, inside('pnpm-workspace.yaml'))?.documents[0]?.get('packages')?.items ?? [];
  const lerna = repository.file(inside('lerna.json')) && (manifest?.workspaces.length ?? 0) === 0 ? ['packages/*'] : [];
  return [...(manifest?.workspaces ?? []), ...pnpm.flatMap(({ text }) => text ?? []), ...lerna].filter(
    (glob) => !glob.startsWith('!'),
  );
}

function patternOf(root: string, glob: string): RegExp {
  const path = `${root === '' ? '' : `${root}/`}${glob.replace(/^\.\//, '').replace(/\/$/, '')}`;
  const source = path
    .split(/(\*\*\/?|\*|\{[^}]*\})/)
    .map((part) => {
      if (part.startsWith('**')) return '.*';
      if (part === '*') return '[^/]*';
      if (part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').map(escaped).join('|')})`;
      return escaped(part);
    })
    .join('');
  return new RegExp(`^${source}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\*]/g, '\\$&');
}
