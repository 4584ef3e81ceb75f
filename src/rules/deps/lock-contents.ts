import { appsOf, type App } from '../../repository/apps.ts';
import type { Lockfile } from '../../repository/lockfiles.ts';
import type { Repository } from '../../repository/repository.ts';
import { lineOfDependency } from '../../repository/script-lines.ts';
import type { RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';

/** What package.json asks for and the lock file does not hold: `npm ci` refuses, `npm install` brings anything. */
export function notHeld(repository: Repository, app: App, lock: Lockfile): RuleFinding[] {
  const { manifest } = app;
  if (!manifest) return [];
  if (lock.unreadable !== undefined)
    return lock.folder === app.root
      ? [
          {
            verdict: 'unknown',
            message: `Whether the lock file fits could not be told: ${lock.unreadable}.`,
            where: { path: lock.path },
          },
        ]
      : [];
  const own = new Set(appsOf(repository).map(({ name }) => name));
  const asked = [...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies];
  const missing = asked.filter(
    ([name, range]) =>
      !own.has(name) &&
      !/^(?:workspace|file|link|portal|catalog):/.test(range) &&
      lock.holds(app.root, name, range) === false,
  );
  if (missing.length === 0) return [];
  const names = missing.map(([name, range]) => `${name}@${range}`);
  const shown = names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
  const line = lineOfDependency(repository.read(manifest.path) ?? '', missing[0]?.[0] ?? '');
  return [
    {
      verdict: 'fail',
      message: `The lock file does not fit package.json (${shown}): an exact install is refused, any other brings versions that nobody tried.`,
      ...proofAt(repository, manifest.path, line),
      key: 'out of sync',
      confidence: 'certain',
      remedy: 'Run the install command of your package manager once, and commit the lock file.',
    },
  ];
}

/** Versions that mean "whatever is there today", and code that comes from a place that can change. */
export function looseRanges(repository: Repository, { manifest }: App): RuleFinding[] {
  if (!manifest) return [];
  const asked = [...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies];
  const own = new Set(appsOf(repository).map(({ name }) => name));
  return asked.flatMap(([name, range]): RuleFinding[] => {
    // Packages of the same repository are taken as they are.
    const why = own.has(name) ? undefined : whyLoose(range);
    if (why === undefined) return [];
    return [
      {
        verdict: 'fail',
        message: `${name} ${why}.`,
        ...proofAt(repository, manifest.path, lineOfDependency(repository.read(manifest.path) ?? '', name)),
        key: `range ${name}`,
        confidence: 'likely',
        remedy: `Write the version of ${name} that you tried.`,
      },
    ];
  });
}

function whyLoose(range: string): string | undefined {
  if (/^(?:\*|x|X|latest|next|canary|)$/.test(range.trim()))
    return `may be any version (${JSON.stringify(range)}): the next release, good or bad, is taken as soon as the lock file is renewed`;
  const isGit = /^(?:git[+:@]|github:|gitlab:|bitbucket:)|^[\w.-]+\/[\w.-]+(?:#.*)?$|\.git(?:#.*)?$/.test(range);
  if (isGit && !/#(?:[0-9a-f]{7,40}|semver:.+|v?\d[\w.-]*)$/.test(range))
    return 'comes from a branch of a git repository, which changes without a release';
  return range.startsWith('http:') ? 'is fetched without encryption: anybody on the way can replace it' : undefined;
}

const usual =
  /^https:\/\/(?:registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|npm\.jsr\.io|codeload\.github\.com|github\.com|gitlab\.com|bitbucket\.org)$/;

/** Registries that nothing in the repository asks for. */
export function foreignOrigins(repository: Repository, { path, folder, origins }: Lockfile): RuleFinding[] {
  const near = folder === '' ? '' : `${folder}/`;
  const configured = ['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml', 'package.json']
    .flatMap((name) => [repository.read(`${near}${name}`), repository.read(name)])
    .join('\n');
  return [...origins]
    .filter(([origin]) => !usual.test(origin) && !configured.includes(origin.replace(/^https?:\/\//, '')))
    .map(([origin, line]) => ({
      verdict: 'fail',
      message: origin.startsWith('http:')
        ? `Packages are fetched from ${origin} without encryption: anybody on the way can replace them.`
        : `Packages come from ${origin}, which nothing here asks for: it was the registry of whoever installed first.`,
      where: { path, line },
      key: `registry ${origin}`,
      confidence: 'likely',
      remedy: 'Write the registry that you want into .npmrc, and make the lock file anew.',
    }));
}
