import { parse } from 'jsonc-parser';
import { fact, type Repository } from './repository.ts';
import { allows } from './version-ranges.ts';
import { yamlFrom, type Yaml } from './yaml.ts';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** A file that says which version of each package is installed. */
export interface Lockfile {
  readonly path: string;
  /** '' for the top. */
  readonly folder: string;
  readonly manager: PackageManager;
  /** True for Yarn 2 and later. */
  readonly berry: boolean;
  /** Why it could not be read. */
  readonly unreadable: string | undefined;
  /** Whether it holds a package that the package.json in a folder asks for, in a fitting version; undefined when it cannot be told. */
  holds(folder: string, name: string, range: string): boolean | undefined;
  /** Where packages are fetched from, each with the first line that says so: `https://registry.npmjs.org`. */
  readonly origins: ReadonlyMap<string, number>;
}

const managers: Readonly<Record<string, PackageManager>> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

export const lockfileNames: readonly string[] = Object.keys(managers);

/** The lock files of a repository; those of fixtures are left out. */
export const lockfilesOf = fact((repository: Repository): readonly Lockfile[] =>
  repository.files.flatMap(({ path, role }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const manager = Object.hasOwn(managers, name) ? managers[name] : undefined;
    if (manager === undefined || role === 'fixture') return [];
    return [lockfileAt(path, manager, name === 'bun.lockb' ? undefined : repository.read(path))];
  }),
);

type Holds = Lockfile['holds'];

function lockfileAt(path: string, manager: PackageManager, text: string | undefined): Lockfile {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const holds = text === undefined ? undefined : reader(path, manager, text);
  const relative = (inside: string): string => (folder === '' ? inside : inside.slice(folder.length + 1));
  return {
    path,
    folder,
    manager,
    berry: manager === 'yarn' && /^__metadata:/m.test(text ?? ''),
    unreadable: text === undefined ? 'it is too large, or not text' : holds ? undefined : 'it is damaged',
    holds: (inside, name, range) => holds?.(relative(inside), name, range),
    origins: originsIn(text ?? ''),
  };
}

function reader(path: string, manager: PackageManager, text: string): Holds | undefined {
  if (/^(?:<{7}|={7}|>{7})/m.test(text)) return undefined;
  if (manager === 'npm') return npmReader(text);
  if (manager === 'pnpm') return pnpmReader(path, text);
  return manager === 'yarn' ? yarnReader(text) : bunReader(text);
}

type Json = Readonly<Record<string, unknown>>;

function npmReader(text: string): Holds | undefined {
  const lock = strictJsonFrom(text);
  if (!lock) return undefined;
  const packages = recordOr(lock['packages']);
  const old = recordOr(lock['dependencies']);
  return (folder, name, range) => {
    if (packages) {
      const found = hoisted(folder, name)
        .map((key) => recordOr(packages[key]))
        .find(Boolean);
      return found === undefined ? false : found['link'] === true || fits(range, found['version']);
    }
    const found = recordOr(old?.[name]);
    return found === undefined ? false : fits(range, found['version']);
  };
}

/** `node_modules/x` of a folder and of those above it. */
function hoisted(folder: string, name: string): string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''].map(
    (at) => `${at === '' ? '' : `${at}/`}node_modules/${name}`,
  );
}

function fits(range: string, version: unknown): boolean | undefined {
  return typeof version === 'string' ? (allows(range, version) ?? true) : undefined;
}

/** Only the first part is parsed, which says what each package asks for: the rest is long. */
function pnpmReader(path: string, text: string): Holds | undefined {
  const end = text.search(/^(?:packages|snapshots):/m);
  const { documents, error } = yamlFrom(path, end === -1 ? text : text.slice(0, end));
  const root = documents.find((document) => document.get('lockfileVersion') !== undefined);
  if (!root || error !== undefined) return undefined;
  const overridden = root.get('overrides') !== undefined || root.get('pnpmfileChecksum') !== undefined;
  return (folder, name, range) => {
    const importer = root.get('importers')?.get(folder === '' ? '.' : folder) ?? (folder === '' ? root : undefined);
    if (!importer) return false;
    const specifier = specifierOf(importer, name);
    return specifier === undefined ? false : overridden || specifier === range;
  };
}

function specifierOf(importer: Yaml, name: string): string | undefined {
  const old = importer.get('specifiers')?.get(name)?.text;
  if (old !== undefined) return old;
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
  return kinds.map((kind) => importer.get(kind)?.get(name)?.get('specifier')?.text).find((text) => text !== undefined);
}

function yarnReader(text: string): Holds {
  const asked = new Map<string, Set<string>>();
  for (const [, header = ''] of text.matchAll(/^("?[^\s#].*):$/gm)) {
    for (const entry of header.replaceAll('"', '').split(/,\s*/)) {
      const at = entry.indexOf('@', 1);
      const name = entry.slice(0, at);
      asked.set(name, (asked.get(name) ?? new Set()).add(entry.slice(at + 1)));
    }
  }
  return (_, name, range) => {
    const ranges = asked.get(name);
    if (!ranges) return false;
    // Patches, resolutions and catalogs are written with other words than those of package.json.
    const plain =
      [...ranges].every((known) => /^(?:npm:)?[\^~<>=\d*.x| v-]+$/.test(known)) && /^[\^~<>=\d*.x| v-]+$/.test(range);
    return ranges.has(range) || ranges.has(`npm:${range}`) || !plain;
  };
}

function bunReader(text: string): Holds | undefined {
  const workspaces = recordOr(jsonFrom(text)?.['workspaces']);
  if (!workspaces) return undefined;
  return (folder, name, range) => {
    const workspace = recordOr(workspaces[folder]);
    const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
    return workspace !== undefined && kinds.some((kind) => recordOr(workspace[kind])?.[name] === range);
  };
}

function originsIn(text: string): Map<string, number> {
  const origins = new Map<string, number>();
  let line = 1;
  let from = 0;
  for (const match of text.matchAll(/(?:"resolved": "|resolved "|tarball: )(https?:\/\/[^"/\s]+)/g)) {
    const origin = match[1] ?? '';
    if (origins.has(origin)) continue;
    for (; from < match.index; from++) if (text.charCodeAt(from) === 10) line++;
    origins.set(origin, line);
  }
  return origins;
}

/** npm writes strict JSON, and a lot of it. */
function strictJsonFrom(text: string): Json | undefined {
  try {
    return recordOr(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return undefined;
  }
}

/** Bun leaves commas at the end. */
function jsonFrom(text: string): Json | undefined {
  return recordOr(parse(text, [], { allowTrailingComma: true }));
}

function recordOr(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
