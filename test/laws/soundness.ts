import { posix } from 'node:path';
import { homedir, tmpdir } from 'node:os';
import { parseAllDocuments } from 'yaml';

/** What is wrong with the files of a rendered project, in sentences that begin with the file; nothing where it is sound. */
export function defectsOf(files: ReadonlyMap<string, string>): string[] {
  return [
    ...[...files].flatMap(([path, text]) => defectsIn(path, text).map((defect) => `${path}: ${defect}`)),
    ...badPaths([...files.keys()]),
    ...brokenImports(files),
    ...brokenScripts(files),
    ...brokenTestSetup(files),
    ...looseVersions(manifestOf(files)),
  ];
}

/** Most files are the same in most projects: each distinct one is judged once. */
const judged = new Map<string, string[]>();

function defectsIn(path: string, text: string): string[] {
  const key = `${path}\0${text}`;
  const defects = judged.get(key) ?? judge(path, text);
  judged.set(key, defects);
  return defects;
}

function judge(path: string, text: string): string[] {
  const isCode = /\.(?:ts|js)$/.test(path);
  return [
    text.trim() === '' && 'is empty',
    !text.endsWith('\n') && 'does not end with a line end',
    /(?<!\$)\{\{/.test(text) && 'holds a value that was not filled in',
    !isCode && /\bundefined\b|\[object |\bNaN\b/.test(text) && 'says "undefined" or the like',
    isCode && /(?<!typeof \S+ [!=]== )(['"`/])undefined\1/.test(text) && 'says "undefined" as a text',
    machinePath.test(text) && `names a folder of this machine: ${machinePath.exec(text)?.[0]}`,
    path.endsWith('.json') && jsonError(text),
    /\.ya?ml$/.test(path) && yamlError(text),
  ].filter((defect) => typeof defect === 'string');
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const machinePath = new RegExp(
  `${[process.cwd(), homedir(), tmpdir()].map((folder) => `${escaped(folder)}/`).join('|')}|/(?:home|Users)/\\w|[A-Z]:\\\\\\\\?Users`,
);

function jsonError(text: string): string | false {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return `is no JSON: ${String(error)}`;
  }
}

function yamlError(text: string): string | false {
  const wrong = parseAllDocuments(text).flatMap((document) => [...document.errors, ...document.warnings]);
  return wrong.length > 0 && `is no YAML: ${wrong.map(({ message }) => message).join('; ')}`;
}

/** Paths that some disk would take for one another, that leave the project, or that are file and folder at once. */
function badPaths(paths: readonly string[]): string[] {
  const folders = new Set(paths.flatMap((path) => foldersOf(path)));
  const seen = new Set<string>();
  return paths.flatMap((path) => {
    const twice = seen.has(path.toLowerCase());
    seen.add(path.toLowerCase());
    if (twice) return [`${path}: is there twice`];
    if (folders.has(path)) return [`${path}: is a folder as well`];
    return posix.normalize(path) !== path || /^[/.]{2}|^\/|\\|\s/.test(path) ? [`${path}: is no plain path`] : [];
  });
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Imports of files that the project has not, and of packages that its package.json does not name. */
function brokenImports(files: ReadonlyMap<string, string>): string[] {
  const { dependencies, devDependencies } = manifestOf(files);
  return [...files].flatMap(([path, text]) => {
    if (!/\.(?:ts|js)$/.test(path)) return [];
    const known = path.startsWith('src/') ? dependencies : { ...dependencies, ...devDependencies };
    return importsOf(path, text).flatMap((name) => {
      if (name.startsWith('node:')) return [];
      if (name.startsWith('.'))
        return files.has(posix.join(posix.dirname(path), name)) ? [] : [`${path}: imports ${name}, which is not there`];
      const [scope = '', rest = ''] = name.split('/');
      const packageName = scope.startsWith('@') ? `${scope}/${rest}` : scope;
      return known[packageName] ? [] : [`${path}: imports ${name}, which package.json does not name`];
    });
  });
}

const importsFound = new Map<string, string[]>();

function importsOf(path: string, text: string): string[] {
  const key = `${path}\0${text}`;
  const found =
    importsFound.get(key) ??
    [...text.matchAll(/^(?:import|export)\s(?:[^'";]*?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm)].map(
      ([, fixed, dynamic]) => fixed ?? dynamic ?? '',
    );
  importsFound.set(key, found);
  return found;
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(files: ReadonlyMap<string, string>): Manifest {
  return JSON.parse(files.get('package.json') ?? '{}') as Manifest;
}

/** Scripts that run a file or another script which is not there. */
function brokenScripts(files: ReadonlyMap<string, string>): string[] {
  const { scripts } = manifestOf(files);
  return Object.entries(scripts).flatMap(([name, command]) => [
    ...[...command.matchAll(/(?:\.\/)?([\w./-]+\.(?:ts|js|mjs|json))\b/g)]
      .filter(([, file = '']) => !files.has(file))
      .map(([, file]) => `package.json: ${name} runs ${file}, which is not there`),
    ...[...command.matchAll(/--run ([\w:-]+)/g)]
      .filter(([, other = '']) => scripts[other] === undefined)
      .map(([, other]) => `package.json: ${name} runs the script ${other}, which is not there`),
  ]);
}

/** Files that vitest.config.ts loads before the tests, and that are not there. */
function brokenTestSetup(files: ReadonlyMap<string, string>): string[] {
  return [...(files.get('vitest.config.ts') ?? '').matchAll(/'(?:\.\/)?(test\/[\w/-]+\.ts)'/g)]
    .filter(([, file = '']) => !files.has(file))
    .map(([, file]) => `vitest.config.ts: loads ${file}, which is not there`);
}

function looseVersions({ dependencies, devDependencies, optionalDependencies }: Manifest): string[] {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    .map(([name, version]) => `package.json: ${name} has no exact version, but ${version}`);
}
