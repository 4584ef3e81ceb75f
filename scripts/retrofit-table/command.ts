import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const binary = resolve('bin/shipshape.js');
const running = new Set<ChildProcess>();

/** How a command ended. */
export interface Ended {
  readonly code: number | undefined;
  readonly out: string;
  readonly error: string;
  readonly seconds: number;
  /** True where it was ended because it took too long. */
  readonly late: boolean;
}

/** Runs the built CLI as a user would, in a group of its own: when time is up, everything that it has started ends with it. */
export function shipshape(words: readonly string[], deadline: number): Promise<Ended> {
  return command(process.execPath, [binary, ...words], { deadline });
}

/** Runs a program to its end, or to the deadline (milliseconds since 1970). */
export function command(
  program: string,
  words: readonly string[],
  { folder = process.cwd(), deadline }: { readonly folder?: string; readonly deadline: number },
): Promise<Ended> {
  const began = performance.now();
  const child = spawn(program, words, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const told = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (told.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (told.error += chunk.toString('utf8')));
  let late = false;
  const timer = setTimeout(
    () => {
      late = true;
      endGroup(child);
    },
    Math.max(deadline - Date.now(), 1),
  );
  return new Promise((done) => {
    const ended = (code: number | undefined): void => {
      clearTimeout(timer);
      running.delete(child);
      endGroup(child);
      done({ code, ...told, seconds: (performance.now() - began) / 1000, late });
    };
    child.once('error', (error) => ((told.error += error.message), ended(undefined)));
    // Not 'close': a process that was left behind would keep the pipes open.
    child.once('exit', (code) => void setTimeout(() => ended(code ?? undefined), 100));
  });
}

/** Ends what still runs. */
export function endAll(): void {
  for (const child of running) endGroup(child);
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // nobody is left
  }
}
