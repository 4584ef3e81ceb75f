// Knows which files guard this project, and takes their fingerprints: whoever changes one is noticed.
import { createHash } from 'node:crypto';

/** Where the fingerprints are kept. */
export const guardListPath = '.shipshape/guard-files.json';

/** The parts of package.json that guard; its dependencies change every week and have their lockfile. */
const guardedParts = ['allowScripts', 'engines', 'scripts'];

/** A guard file, and in plain words what a change to it can take away. The first match counts. */
const guards: readonly (readonly [files: RegExp, meaning: string])[] = [
  [/^package\.json$/, 'the commands behind `check`, and what may run while packages are installed'],
  [/^src\/guardrails\/access\.[cm]?[jt]s$/, 'who may call which route'],
  [/^src\/guardrails\//, 'the code that refuses strangers and keeps secrets in'],
  [/^src\/main\.[cm]?[jt]s$/, 'how the program starts, with its guards on'],
  [/^test\/(?:guardrails\/|(?!.*\.test\.)[^/]+$)/, 'the tests that prove the guards work'],
  [/^scripts\//, 'the programs behind the commands'],
  [
    /^(?:\.github|\.gitlab)\/|^\.gitlab-ci\.yml$|^CODEOWNERS$/,
    'what is checked before a change is merged, and by whom',
  ],
  [/^(?:ruleset|renovate)\.json$/, 'what the hosting enforces'],
  [/^(?:vitest\.config\.\w+|\.oxlintrc\.json|tsconfig(?:\.\w+)?\.json)$/, 'how strict tests, lint and compiler are'],
  [/^(?:Dockerfile|\.npmrc|\.node-version)$/, 'what is shipped, and what may be installed'],
];
const clutter = /(?:^|\/)(?:\.DS_Store|Thumbs\.db)$/;

/** What a guard file guards, in plain words; undefined for every other file. */
export function meaningOf(path: string): string | undefined {
  return clutter.test(path) ? undefined : guards.find(([files]) => files.test(path))?.[1];
}

/** The fingerprint of every guard file among these paths, as the JSON text of the list. Line ends do not count. */
export function guardList(paths: readonly string[], read: (path: string) => string): string {
  const guarded = paths.filter((path) => meaningOf(path) !== undefined).toSorted(byCodeUnit);
  const files = Object.fromEntries(guarded.map((path) => [path, fingerprint(path, read(path))]));
  const about =
    'Fingerprints of the files that guard this project. guard:update rewrites them; a code owner reviews that.';
  return `${JSON.stringify({ about, files }, null, 2)}\n`;
}

/** One difference between two lists. */
export interface GuardChange {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly path: string;
}

/** What differs between two lists: the JSON text that is kept (or nothing yet) and the one that is true now. */
export function guardChanges(kept: string | undefined, now: string): GuardChange[] {
  const before = filesOf(kept);
  const after = filesOf(now);
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted(byCodeUnit);
  return paths.flatMap((path): GuardChange[] => {
    if (before[path] === after[path]) return [];
    return [{ kind: !(path in before) ? 'added' : path in after ? 'changed' : 'removed', path }];
  });
}

function filesOf(list: string | undefined): Record<string, string> {
  return list === undefined ? {} : (JSON.parse(list) as { files: Record<string, string> }).files;
}

function fingerprint(path: string, text: string): string {
  const content = path === 'package.json' ? guardedPackage(text) : text.replaceAll('\r\n', '\n');
  return createHash('sha256').update(content).digest('hex');
}

function guardedPackage(text: string): string {
  const manifest = JSON.parse(text) as Record<string, Record<string, unknown> | undefined>;
  return JSON.stringify(guardedParts.map((part) => [part, Object.entries(manifest[part] ?? {}).toSorted(byName)]));
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return byCodeUnit(left, right);
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
