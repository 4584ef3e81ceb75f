import { execFileSync, type ExecFileSyncOptionsWithBufferEncoding } from 'node:child_process';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';

/** What git answered, or why it did not. */
export type Answer =
  | { readonly ok: true; readonly output: Buffer }
  | { readonly ok: false; readonly why: string; readonly output: Buffer };

/**
 * Settings that outrank whatever the repository configures. We only ask plumbing, which runs no filter, textconv, diff driver, alias
 * or hook by itself; what is left is named here. The owner of a repository does not matter where nothing of it can run.
 */
const settings = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.untrackedCache=false',
  'core.excludesFile=',
  'core.attributesFile=',
  'core.alternateRefsCommand=',
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

/** Milliseconds after which git is stopped: a pipe in place of a file that it reads would hold it for ever. */
const patience = 20_000;

/** The words before a git command that keep it from running anything that a repository can name. */
export const inertWords: readonly string[] = ['--no-pager', '--literal-pathspecs', ...settings];

/** The environment for git: nothing of the caller redirects it, nothing is fetched, asked or written. */
export function inertEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(?:GIT_|SSH_ASKPASS|PAGER|LC_|LANG)/i.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** Asks git about a folder, without a shell. It never throws because of what git says. */
export function askGit(
  folder: string,
  words: readonly string[],
  options: ExecFileSyncOptionsWithBufferEncoding = {},
): Answer {
  const git = gitFor(folder);
  if (git === undefined) return { ok: false, why: 'git is not installed', output: Buffer.alloc(0) };
  try {
    const output = execFileSync(git, [...inertWords, ...words], {
      cwd: folder,
      env: inertEnvironment(process.env),
      stdio: ['pipe', 'pipe', 'pipe'],
      input: '',
      maxBuffer: 1 << 30,
      timeout: patience,
      killSignal: 'SIGKILL',
      windowsHide: true,
      ...options,
    });
    return { ok: true, output };
  } catch (error) {
    return { ok: false, ...whyNot(error as Failed) };
  }
}

interface Failed {
  readonly code?: string;
  readonly stdout?: Buffer | null;
  readonly stderr?: Buffer | null;
}

function whyNot({ code, stdout, stderr }: Failed): { why: string; output: Buffer } {
  const output = stdout ?? Buffer.alloc(0);
  if (code === 'ETIMEDOUT') return { why: `git did not answer within ${patience / 1000} seconds`, output };
  if (code === 'ENOBUFS') return { why: 'git answered with more than a gigabyte', output };
  const said = /^(?:fatal|error): (.*)$/m.exec(stderr?.toString() ?? '')?.[1];
  return { why: said ? `git says: ${said.slice(0, 200)}` : 'git could not read it', output };
}

/** The git program; undefined where there is none. Never one that lies in the folder itself: npm puts `node_modules/.bin` of a project on the PATH. */
export function gitFor(folder: string): string | undefined {
  const inside = realpathSync(folder) + sep;
  const names = process.platform === 'win32' ? ['git.exe'] : ['git'];
  const path = process.env['PATH'] ?? process.env['Path'] ?? '';
  return path
    .split(delimiter)
    .filter((place) => isAbsolute(place) && !/[\\/]node_modules(?:[\\/]|$)/.test(place))
    .flatMap((place) => names.map((name) => join(place, name)))
    .find((program) => isProgram(program) && !realpathSync(program).startsWith(inside));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
