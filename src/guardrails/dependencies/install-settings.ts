import type { Draft } from '../../retrofit/draft.ts';
import type { Scene } from '../../retrofit/scene.ts';
import type { App } from '../../repository/apps.ts';
import type { PackageManager } from '../../repository/lockfiles.ts';
import { lineEnd } from '../../tree/lines.ts';
import { installRootOf, lockOf, packagesWithScripts } from './locked.ts';

/** A setting of npm, with the sentence that stands above it. */
interface Line {
  readonly key: string;
  readonly line: string;
  readonly about: string;
}

const exact: Line = {
  key: 'save-exact',
  line: 'save-exact=true',
  about: 'Versions are pinned exactly: what was tested is what runs.',
};
const aged: Line = {
  key: 'min-release-age',
  line: 'min-release-age=3',
  about: 'Days that a version must have been public: most poisoned releases are found within them.',
};
const noScripts: Line = {
  key: 'ignore-scripts',
  line: 'ignore-scripts=true',
  about: 'No package runs a program of its own while it is installed. One that has to is built by: npm rebuild <name>',
};

/** Says what may be installed, and how, where the project says nothing about it. */
export function draftInstallSettings(scene: Scene, draft: Draft): void {
  const repository = draft.repository();
  const root = installRootOf(repository, scene.app);
  const near = root === '' ? '' : `${root}/`;
  const manager = lockOf(repository, scene.app)?.manager ?? managerNamed(scene.app) ?? 'npm';
  if (manager !== 'npm') return leaveOthers(draft, near, manager);
  const path = `${near}.npmrc`;
  const text = draft.read(path) ?? '';
  // An old lock file says nothing of scripts until npm has written it anew: who has our lines already gets no more of them.
  const isKnown = [exact, aged].every(({ line }) => text.includes(line));
  const wanted = [exact, aged, ...(!isKnown && mayIgnoreScripts(scene, draft) ? [noScripts] : [])];
  const missing = wanted.filter(({ key }) => !new RegExp(`^\\s*${key}\\s*=`, 'm').test(text));
  // Somebody who lets every version in at once has thought about it.
  if (missing.length === 0 || /^\s*before\s*=/m.test(text)) return undefined;
  const end = lineEnd(text);
  const start = text === '' || text.endsWith('\n') ? text : text + end;
  const added = missing.flatMap(({ about, line }) => [`# ${about}`, line]);
  draft.edit(path, `${start}${added.join(end)}${end}`, {
    why: 'says what may be installed, and how',
    // Keys to registries stand in the same file.
    ...(/_auth|_password|token/i.test(text) && { hides: true }),
  });
  return undefined;
}

/** npm then leaves out the `pre` and `post` scripts of the project itself as well. */
function mayIgnoreScripts({ app }: Scene, draft: Draft): boolean {
  const repository = draft.repository();
  const withScripts = packagesWithScripts(repository, app);
  const own = repository.files.some(
    ({ path }) =>
      /(?:^|\/)package\.json$/.test(path) &&
      /"(?:pre[a-z:-]+|post[a-z:-]+|install|prepare|prepublishOnly)"\s*:\s*"/.test(repository.read(path) ?? ''),
  );
  return withScripts !== undefined && withScripts.length === 0 && !own;
}

/** The package manager that a package.json names. */
export function managerNamed({ manifest }: App): PackageManager | undefined {
  const name = manifest?.packageManager?.split('@')[0];
  return name === 'npm' || name === 'pnpm' || name === 'yarn' || name === 'bun' ? name : undefined;
}

const others: Readonly<
  Record<'pnpm' | 'yarn' | 'bun', { file: string; has: RegExp; lines: readonly string[]; since: string }>
> = {
  pnpm: {
    file: 'pnpm-workspace.yaml',
    has: /^minimumReleaseAge:/m,
    lines: ['minimumReleaseAge: 4320'],
    since: 'pnpm 10.16',
  },
  yarn: { file: '.yarnrc.yml', has: /^npmMinimalAgeGate:/m, lines: ['npmMinimalAgeGate: 3d'], since: 'Yarn 4.10' },
  bun: {
    file: 'bunfig.toml',
    has: /^minimumReleaseAge\s*=/m,
    lines: ['[install]', 'minimumReleaseAge = 259200'],
    since: 'Bun 1.3',
  },
};

/** Older versions of these refuse what they do not know: so it is said, and not done. */
function leaveOthers(draft: Draft, near: string, manager: 'pnpm' | 'yarn' | 'bun'): undefined {
  const { file, has, lines, since } = others[manager];
  if (has.test(draft.read(near + file) ?? '')) return undefined;
  draft.leave({
    where: { path: near + file },
    why: `a version that is three days old has been looked at by others: since ${since} an install can wait for that`,
    lines,
  });
  return undefined;
}
