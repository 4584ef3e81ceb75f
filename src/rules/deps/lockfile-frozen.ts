import { linesOf } from '../../code/module.ts';
import { importsOf, packageNameOf } from '../../code/imports.ts';
import { appsOf, type App } from '../../repository/apps.ts';
import { kindOf } from '../../repository/kinds.ts';
import { lockfileNames, lockfilesOf, type Lockfile } from '../../repository/lockfiles.ts';
import type { Repository } from '../../repository/repository.ts';
import { isSample } from '../../repository/samples.ts';
import { workspaceRootsOf } from '../../repository/workspaces.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { isBuiltin } from './builtin.ts';
import { looseInstalls } from './loose-installs.ts';
import { foreignOrigins, notHeld, looseRanges } from './lock-contents.ts';

export default defineRule({
  id: 'deps/lockfile-frozen',
  title:
    'One committed lock file says which version of each package is installed, and CI and images install exactly that.',
  why: 'Otherwise what was tested is not what is shipped: a bad release of somebody else arrives by itself.',
  weight: 'medium',
  stage: 'prototype',
  measured: true,
  finds:
    'package-lock.json, npm-shrinkwrap.json, pnpm-lock.yaml, yarn.lock and bun.lock, for each package or its workspace; whether they hold what package.json asks for; where packages come from; `npm install` in CI and in Dockerfiles; versions such as `*` and `latest`.',
  blind: 'What bun.lockb holds (it is binary), and installs by a platform that reads no file here.',
  fix: 'Commit the lock file of one package manager, and install by `npm ci`, `pnpm install --frozen-lockfile` or `yarn install --immutable`.',
  references: ['ASVS v5.0.0-15.2.4', 'OSPS-QA-02.01', 'nodebestpractices 5.4, 5.19', 'CWE-494', 'CWE-829'],
  check(repository) {
    const apps = appsOf(repository).filter((app) => hasDependencies(app) && !isSample(repository, app));
    if (apps.length === 0)
      return [
        undeclared(repository) ?? {
          verdict: 'not-applicable',
          message: 'Nothing is installed: there is no package that it needs.',
        },
      ];
    const locks = lockfilesOf(repository);
    const findings = [
      ...apps.flatMap((app) => appFindings(repository, app, locks)),
      ...locks.flatMap((lock) => foreignOrigins(repository, lock)),
      ...looseInstalls(repository, locks),
    ];
    if (findings.some(({ verdict }) => verdict === 'fail' || verdict === 'unknown'))
      return findings.filter(({ verdict }) => verdict !== 'pass');
    const [lock] = locks;
    return [
      lock
        ? { verdict: 'pass', message: 'What is installed is written down.', where: { path: lock.path } }
        : { verdict: 'not-applicable', message: 'A library leaves the choice of versions to those who use it.' },
    ];
  },
});

function hasDependencies({ manifest }: App): boolean {
  return (
    manifest !== undefined &&
    manifest.dependencies.size + manifest.devDependencies.size + manifest.optionalDependencies.size > 0
  );
}

function appFindings(repository: Repository, app: App, locks: readonly Lockfile[]): RuleFinding[] {
  const root = workspaceRootsOf(repository).get(app.root) ?? app.root;
  const own = locks.filter(({ folder }) => folder === root);
  const path = app.manifest?.path ?? 'package.json';
  const ranges = looseRanges(repository, app);
  if (own.length === 0) return [...(root === app.root ? absent(repository, app, path) : []), ...ranges];
  const [first, second] = own;
  if (first && second && first.manager !== second.manager && root === app.root) return [several(app, own), ...ranges];
  return [
    ...(first ? untracked(repository, first, app) : []),
    ...own.flatMap((lock) => notHeld(repository, app, lock)),
    ...ranges,
  ];
}

function absent(repository: Repository, app: App, path: string): RuleFinding[] {
  const isLibrary =
    kindOf(repository, app).kind === 'library' && app.manifest?.private === false && app.manifest.main !== undefined;
  if (isLibrary) return [];
  const near = app.root === '' ? '' : `${app.root}/`;
  const ignored = /^\W*(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|\*\.lock)\s*$/m.test(
    repository.read(`${near}.gitignore`) ?? repository.read('.gitignore') ?? '',
  );
  return [
    {
      verdict: 'fail',
      message: ignored
        ? 'git is told to leave the lock file out: every install may bring other versions than those that were tried.'
        : 'Nothing says which versions are installed: every install may bring other ones than those that were tried.',
      where: { path: app.root === '' ? '.' : path },
      key: 'no lock file',
      confidence: 'certain',
      searched: lockfileNames.map((name) => `${near}${name}`),
      remedy: ignored
        ? 'Take the lock file out of .gitignore and commit it.'
        : 'Run the install command of your package manager once, and commit the lock file that it writes.',
    },
  ];
}

function several({ manifest }: App, locks: readonly Lockfile[]): RuleFinding {
  const meant = manifest?.packageManager?.split('@')[0];
  const stray = locks.find(({ manager }) => meant !== undefined && manager !== meant) ?? locks.at(-1);
  return {
    verdict: 'fail',
    message: `There are ${locks.length} lock files of different package managers (${locks.map(({ path }) => path).join(', ')}): which versions are installed depends on who installs.`,
    where: { path: stray?.path ?? '.' },
    key: 'several lock files',
    confidence: 'certain',
    remedy: `Keep the one of the package manager that you use, delete the others, and name it in "packageManager" of package.json.`,
  };
}

function untracked(repository: Repository, { path, folder }: Lockfile, app: App): RuleFinding[] {
  const committed = repository.git === undefined || repository.file(path)?.tracked === true;
  if (committed || folder !== app.root || repository.git?.head === undefined) return [];
  return [
    {
      verdict: 'fail',
      message: 'The lock file lies here and is not committed: others install other versions.',
      where: { path },
      key: 'not committed',
      confidence: 'certain',
      remedy: `Run git add ${path}, and commit it.`,
    },
  ];
}

/** Code that uses packages, in a repository that names none. */
function undeclared(repository: Repository): RuleFinding | undefined {
  if (appsOf(repository).some(({ manifest }) => manifest !== undefined)) return undefined;
  for (const { path, role } of repository.files) {
    const module = role === 'source' ? repository.module(path) : undefined;
    const used = module
      ? importsOf(module).find(({ specifier, kind }) => kind !== 're-export' && isPackage(specifier))
      : undefined;
    if (!module || !used || repository.files.some((file) => /(?:^|\/)deno\.jsonc?$/.test(file.path))) continue;
    return {
      verdict: 'fail',
      message: `The program needs packages such as ${packageNameOf(used.specifier)}, and nothing says which ones: there is no package.json.`,
      where: { path, line: linesOf(module, used.node).first },
      key: 'no package.json',
      confidence: 'likely',
      searched: ['package.json', ...lockfileNames],
      remedy:
        'Run npm init and npm install with the packages that the code imports; commit package.json and package-lock.json.',
    };
  }
  return undefined;
}

function isPackage(specifier: string): boolean {
  const name = packageNameOf(specifier);
  return name !== undefined && !/^(?:https?:|jsr:|npm:)/.test(specifier) && !isBuiltin(name);
}
