import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackageManager } from '../answers/answers.ts';
import { readJson } from '../tree/json.ts';
import { repositoryAround } from './state-folder.ts';

/** The package manager of a project, and how we know. */
export interface FoundManager {
  readonly manager: PackageManager;
  /** True for yarn 2 and later, whose flags differ. */
  readonly isBerry: boolean;
  /** The file that says so, undefined where none does and npm is taken. */
  readonly evidence: string | undefined;
  /** What people should know of the choice. */
  readonly notes: readonly string[];
}

const lockFiles: Readonly<Record<string, PackageManager>> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

/** The names of lock files. */
export const lockFileNames: readonly string[] = Object.keys(lockFiles);

/** Which package manager a project uses: what a package.json names, else the nearest lock file, in the project or above it. Reads only. */
export function packageManagerOf(root: string): FoundManager {
  const folders = foldersOf(root);
  const named = folders.map(namedIn).find((found) => found !== undefined);
  const locked = folders.map(lockedIn).find((found) => found !== undefined);
  const found = named ?? locked;
  if (!found) return { manager: 'npm', isBerry: false, evidence: undefined, notes: [] };
  const differs = named && locked && named.manager !== locked.manager;
  const clash = differs ? [`${named.evidence} names ${named.manager}, so ${locked.evidence} was not heeded.`] : [];
  const isBerry = found.manager === 'yarn' && (found.version ? found.version >= 2 : folders.some(hasBerry));
  const { manager, evidence } = found;
  return { manager, isBerry, evidence, notes: named ? clash : (locked?.notes ?? []) };
}

/**
 * The project, and the folders above it that may speak for it: those of its repository, else workspace roots. A stray lock file
 * in a home folder says nothing.
 */
function foldersOf(root: string): string[] {
  const top = repositoryAround(root)?.top;
  const folders = [root];
  for (let folder = root; folder !== dirname(folder) && folder !== top;) {
    folder = dirname(folder);
    if (top !== undefined || isWorkspaceRoot(folder)) folders.push(folder);
  }
  return folders;
}

interface Said {
  readonly manager: PackageManager;
  readonly evidence: string;
  readonly version?: number | undefined;
  readonly notes?: readonly string[];
}

/** `"packageManager": "pnpm@10.1.0"`, or the newer `devEngines`. */
function namedIn(folder: string): Said | undefined {
  const evidence = join(folder, 'package.json');
  const json = jsonAt(evidence);
  const engine = record(record(json['devEngines'])['packageManager'])['name'];
  const text = [json['packageManager'], engine].find((value) => typeof value === 'string') ?? '';
  const [, name, major] = /^(npm|pnpm|yarn|bun)(?:@(\d+))?/.exec(String(text)) ?? [];
  return name ? { manager: name as PackageManager, evidence, version: major ? Number(major) : undefined } : undefined;
}

function lockedIn(folder: string): Said | undefined {
  const locks = lockFileNames
    .flatMap((name) => {
      const changed = lstatSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs;
      return changed === undefined ? [] : [{ name, changed, manager: lockFiles[name] as PackageManager }];
    })
    .toSorted((one, other) => other.changed - one.changed);
  const [newest] = locks;
  if (!newest) return undefined;
  const others = locks.filter(({ manager }) => manager !== newest.manager).map(({ name }) => name);
  const notes = others.length > 0 ? [`There is ${others.join(' and ')} beside ${newest.name}; the newest counts.`] : [];
  return { manager: newest.manager, evidence: join(folder, newest.name), notes };
}

function hasBerry(folder: string): boolean {
  if (statSync(join(folder, '.yarnrc.yml'), { throwIfNoEntry: false })) return true;
  return /^__metadata:/m.test(textAt(join(folder, 'yarn.lock')));
}

function isWorkspaceRoot(folder: string): boolean {
  if (statSync(join(folder, 'pnpm-workspace.yaml'), { throwIfNoEntry: false })) return true;
  return jsonAt(join(folder, 'package.json'))['workspaces'] !== undefined;
}

function jsonAt(path: string): Readonly<Record<string, unknown>> {
  try {
    return record(readJson(textAt(path).replace(/^\uFEFF/, '')));
  } catch {
    return {};
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function textAt(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
