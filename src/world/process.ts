import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a program ended. */
export interface Ended {
  readonly ok: boolean;
  /** Standard output and error together, without the last line end. */
  readonly output: string;
  /** True when we stopped it because of a signal. */
  readonly stopped: boolean;
}

/** How to run a program. */
export interface Start {
  readonly folder: string;
  readonly environment: Environment;
  readonly signal?: AbortSignal;
}

/** Runs a program to its end, without a shell and without input. It never throws because of how the program ends. */
export async function run(program: string, words: readonly string[], start: Start): Promise<Ended> {
  const { execa } = await import('execa');
  const result = await execa(program, words, {
    cwd: start.folder,
    env: start.environment,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    forceKillAfterDelay: 5000,
    ...(start.signal && { cancelSignal: start.signal, gracefulCancel: false }),
  });
  const output = result.all || (result.failed ? (result.originalMessage ?? '') : '');
  return { ok: !result.failed, output, stopped: start.signal?.aborted === true };
}

/** True when a program of that name stands on the PATH. */
export function isOnPath(program: string, environment: Environment): boolean {
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter).filter(Boolean);
  const endings = process.platform === 'win32' ? ['.cmd', '.exe', ''] : [''];
  return folders.some((folder) => endings.some((ending) => isExecutable(join(folder, program + ending))));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The environment for a package manager in the new project: without what the npm that started us says about itself and this
 * run, without a NODE_ENV that would leave out the development dependencies, and without a git that hooks have redirected.
 */
export function cleanEnvironment(environment: Environment): Environment {
  const ofThisRun =
    /^(?:npm_(?:package|lifecycle|command|execpath|node_execpath)|npm_config_(?:yes|dry_run|json|loglevel|package|call|local_prefix|global|user_agent)|INIT_CWD|NODE_ENV|NODE_OPTIONS|GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX))/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ofThisRun.test(name)));
}
