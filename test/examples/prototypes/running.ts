import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const anyPort = resolve('test/examples/prototypes/any-port.cjs');
const fakeModel = resolve('test/examples/prototypes/fake-model.cjs');
const running = new Set<ChildProcess>();

/** A prototype that runs. */
export interface Running {
  /** Such as http://127.0.0.1:41234; '' for a program without a server. */
  readonly url: string;
  readonly output: () => string;
  stop(): Promise<void>;
}

/** Starts a prototype by a script of its package.json, on the Node of whoever runs the tests. Ready when it listens, or has said `ready`. */
export function startPrototype(
  folder: string,
  script: string,
  { ready = /\nlistening on (\d+)\n/, settings = {} }: { ready?: RegExp; settings?: Record<string, string> } = {},
): Promise<Running> {
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: folder,
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  let output = '';
  const ended = new Promise<void>((done) => child.once('close', () => (running.delete(child), done())));
  const stop = async (): Promise<void> => {
    end(child);
    await ended;
  };
  return new Promise((found, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const match = ready.exec(output);
      if (match) found({ url: match[1] ? `http://127.0.0.1:${match[1]}` : '', output: () => output, stop });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`it ended: ${output}`)));
  });
}

/** Ends everything that still runs. */
export function stopAll(): void {
  for (const child of running) end(child);
}

/** With all processes that it started: a runner of TypeScript is one above the app. */
function end({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended already
  }
}

function environment(settings: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  const options = `--require=${anyPort} --require=${fakeModel}`;
  return { PATH, HOME, NODE_OPTIONS: options, OTEL_SDK_DISABLED: 'true', ...settings };
}
