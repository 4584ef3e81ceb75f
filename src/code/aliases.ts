import { parse } from 'jsonc-parser';
import { posix } from 'node:path';
import { fact, type Repository } from '../repository/repository.ts';

/** A name that stands for a folder or file: what tsconfig `paths`, package.json `imports` and `_moduleAliases`, and workspaces declare. */
export interface Alias {
  /** The folder whose code it holds for, '' for all. */
  readonly scope: string;
  /** What comes before and after the `*`; without one, the whole specifier. */
  readonly before: string;
  readonly after: string;
  readonly star: boolean;
  /** Paths from the top of the repository, with `*` where the rest goes; the first one that is there counts. */
  readonly targets: readonly string[];
}

/** Every alias of a repository, those of the deepest folder first, longer names before shorter ones. */
export const aliasesOf = fact((repository: Repository): readonly Alias[] => {
  const aliases: Alias[] = [];
  for (const { path, role } of repository.files) {
    if (role === 'fixture') continue;
    const [, folder = '', name = ''] = /^(?:(.*)\/)?([^/]+)$/.exec(path) ?? [];
    if (/^(?:ts|js)config(?:\.[\w-]+)?\.json$/.test(name)) aliases.push(...ofTypeScript(repository, path, folder));
    if (name === 'package.json') aliases.push(...ofPackage(recordOf(jsonAt(repository, path)), folder));
  }
  return aliases.toSorted(
    (one, other) => other.scope.length - one.scope.length || other.before.length - one.before.length,
  );
});

function ofTypeScript(repository: Repository, path: string, folder: string): Alias[] {
  const options = recordOf(recordOf(jsonAt(repository, path))['compilerOptions']);
  const { paths, baseUrl } = options;
  const base = typeof baseUrl === 'string' ? joined(folder, baseUrl) : folder;
  const named = Object.entries(recordOf(paths)).map(([pattern, targets]) =>
    aliasOf(folder, pattern, strings(targets), base),
  );
  return typeof baseUrl === 'string' ? [...named, aliasOf(folder, '*', ['*'], base)] : named;
}

function ofPackage(json: Record<string, unknown>, folder: string): Alias[] {
  const inside = Object.entries({ ...recordOf(json['imports']), ...recordOf(json['_moduleAliases']) });
  const aliases = inside.flatMap(([pattern, target]) => {
    const targets = targetsOf(target);
    const exact = aliasOf(folder, pattern, targets, folder);
    return exact.star
      ? [exact]
      : [
          exact,
          aliasOf(
            folder,
            `${pattern}/*`,
            targets.map((to) => `${to}/*`),
            folder,
          ),
        ];
  });
  const { name } = json;
  return typeof name === 'string' && folder !== '' ? [...aliases, ...ofWorkspace(name, json, folder)] : aliases;
}

/** A package of this repository that others import by its name. What it publishes is built, so its source is tried as well. */
function ofWorkspace(name: string, json: Record<string, unknown>, folder: string): Alias[] {
  const exported = targetsOf(recordOf(json['exports'])['.'] ?? json['exports']);
  const entries = [json['source'], json['main'], json['module'], ...exported, json['types']].filter(
    (entry) => typeof entry === 'string',
  );
  const sources = entries.map((entry) => entry.replace(/(^|\/)(?:dist|build|lib|out)\//, '$1src/'));
  return [
    aliasOf('', name, [...entries, ...sources, 'src/index', 'index', 'src/main'], folder),
    aliasOf('', `${name}/*`, ['*', 'src/*'], folder),
  ];
}

function aliasOf(scope: string, pattern: string, targets: readonly string[], base: string): Alias {
  const [before = '', after] = pattern.split('*');
  return {
    scope,
    before,
    after: after ?? '',
    star: after !== undefined,
    targets: targets.map((target) => joined(base, target)),
  };
}

function joined(folder: string, path: string): string {
  return posix.join(folder, path).replace(/^\.$/, '').replace(/\/$/, '');
}

/** The files that an entry of `exports` or `imports` names, whatever its conditions. */
function targetsOf(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry];
  if (Array.isArray(entry)) return entry.flatMap(targetsOf);
  return Object.values(recordOf(entry)).flatMap(targetsOf);
}

function jsonAt(repository: Repository, path: string): unknown {
  const text = repository.read(path);
  return text === undefined ? undefined : parse(text, [], { allowTrailingComma: true });
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
