import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { usersNode } from '../support/users-node.ts';

/** A new empty folder. */
export function emptyFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-e2e-')));
}

/** Packs this checkout as npm would publish it, installs the tarball into an empty folder, and gives the path of its binary. */
export function installPacked(): string {
  const folder = emptyFolder();
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { encoding: 'utf8' }),
  ) as [{ filename: string }];
  npm(folder, 'install', '--no-audit', '--no-fund', '--no-save', resolve(folder, packed.filename));
  return join(folder, 'node_modules', 'create-shipshape', 'bin', 'shipshape.js');
}

/** Runs the binary as somebody without a terminal, and gives what it printed; throws when it does not end with 0. */
export function shipshape(binary: string, folder: string, ...words: string[]): string {
  return execFileSync(usersNode, [binary, ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs npm in a folder, and gives what it printed; throws when it does not end with 0. */
export function npm(folder: string, ...words: string[]): string {
  return execFileSync('npm', words, {
    cwd: folder,
    encoding: 'utf8',
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What a new user has in the environment: nothing of the npm that runs these tests. */
export function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)|^INIT_CWD|^NODE_ENV|^VITEST|^CI$/.test(name),
  );
  return { ...Object.fromEntries(own), npm_config_loglevel: 'error', ...more };
}

/** A running program, and all it has printed so far. */
export interface Running {
  readonly process: ChildProcess;
  output(): string;
  stop(): Promise<number | null>;
}

/** Starts a package script in a process group of its own. */
export function startScript(folder: string, script: string, more: Readonly<Record<string, string>>): Running {
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: folder,
    env: environment(more),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (printed += String(data)));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return {
    process: child,
    output: () => printed,
    stop: () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      return ended;
    },
  };
}

/** Waits until an address answers; throws with what the program printed when it does not within 20 seconds. */
export async function answering(url: string, running: Running): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${url} does not answer. Printed:\n${running.output()}`);
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The secret that `create` put into the git-ignored .env of a new project. */
export function localSecret(folder: string, name: string): string {
  return new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(readFileSync(join(folder, '.env'), 'utf8'))?.[1] ?? '';
}
