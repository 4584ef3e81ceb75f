import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { installing } from '../flow/undo-record.ts';
import { exactText, sameContent, type Content } from '../tree/content.ts';
import type { Step } from '../tree/step.ts';
import { lastLines } from './install.ts';
import { lockFileNames, packageManagerOf, type FoundManager } from './package-manager.ts';
import { cleanEnvironment, isOnPath, run, type Start } from './process.ts';

/** What came of an install. A failed one takes nothing back: the files that we wrote stay. */
export type Installed = {
  /** The command that was run, or that is to be typed, as a person types it. */
  readonly command: string;
  readonly notes: readonly string[];
  /** What the install did to lock files, to be added to the record of the run. */
  readonly steps: readonly Step[];
} & (
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** The last lines that the package manager said, or the reason why it was not run. */
      readonly why: readonly string[];
      /** True when it was stopped by a signal. */
      readonly stopped: boolean;
    }
);

export interface InstallOptions extends Omit<Start, 'folder'> {
  /** False keeps packages from running their install scripts. */
  readonly scripts: boolean;
}

/** How a package manager brings what is installed in line with a package.json that has changed, in CI too. */
interface Installer {
  readonly words: readonly string[];
  readonly withoutScripts: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

const installers: Readonly<Record<FoundManager['manager'] | 'berry', Installer>> = {
  npm: { words: ['install', '--no-audit', '--no-fund', '--loglevel=error'], withoutScripts: ['--ignore-scripts'] },
  pnpm: { words: ['install', '--no-frozen-lockfile'], withoutScripts: ['--ignore-scripts'] },
  yarn: { words: ['install', '--non-interactive'], withoutScripts: ['--ignore-scripts'] },
  berry: {
    words: ['install'],
    withoutScripts: ['--mode=skip-build'],
    variables: { YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' },
  },
  bun: { words: ['install'], withoutScripts: ['--ignore-scripts'] },
};

/** Corepack, where it stands in for a package manager, neither asks nor writes to package.json. */
const quietCorepack = { COREPACK_ENABLE_AUTO_PIN: '0', COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' };

/** Installs what the package.json of a project now says, with the package manager that the project uses. */
export async function installExisting(root: string, { scripts, ...start }: InstallOptions): Promise<Installed> {
  const real = realpathSync(root);
  const { manager, isBerry, notes } = packageManagerOf(real);
  const command = `${manager} install`;
  if (!isOnPath(manager, start.environment)) {
    const why = [`${manager} is not installed, and the project uses it.`];
    return { ok: false, command: `${howToGet[manager]} && ${command}`, notes, why, steps: [], stopped: false };
  }
  const { words, withoutScripts, variables } = installers[isBerry ? 'berry' : manager];
  const environment = { ...cleanEnvironment(start.environment), ...quietCorepack, ...variables };
  const before = locksIn(real);
  const ended = await run(manager, [...words, ...(scripts ? [] : withoutScripts)], {
    ...start,
    environment,
    folder: real,
  });
  const steps = stepsBetween(before, locksIn(real));
  if (ended.ok) return { ok: true, command, notes, steps };
  const toType = /\bERESOLVE\b/.test(ended.output) ? `${command} --legacy-peer-deps` : command;
  return { ok: false, command: toType, notes, steps, why: lastLines(ended.output, 12), stopped: ended.stopped };
}

const howToGet: Readonly<Record<FoundManager['manager'], string>> = {
  npm: 'corepack enable npm',
  pnpm: 'corepack enable pnpm',
  yarn: 'corepack enable yarn',
  bun: 'npm install --global bun',
};

/** The lock files of the project itself. One of a workspace above it is not ours to give back. */
function locksIn(root: string): Map<string, Content> {
  return new Map(
    lockFileNames.flatMap((name) => {
      const content = contentAt(join(root, name));
      return content === undefined ? [] : [[name, content]];
    }),
  );
}

function contentAt(path: string): Content | undefined {
  try {
    const bytes = readFileSync(path);
    return exactText(bytes) ?? new Uint8Array(bytes);
  } catch {
    return undefined;
  }
}

function stepsBetween(before: ReadonlyMap<string, Content>, after: ReadonlyMap<string, Content>): Step[] {
  return lockFileNames.flatMap((path): Step[] => {
    const [was, is] = [before.get(path), after.get(path)];
    if (sameContent(was, is)) return [];
    if (is === undefined) return was === undefined ? [] : [{ kind: 'remove', path, by: installing, before: was }];
    if (was === undefined) return [{ kind: 'create', path, by: installing, after: is }];
    return [{ kind: 'edit', path, by: installing, before: was, after: is }];
  });
}
