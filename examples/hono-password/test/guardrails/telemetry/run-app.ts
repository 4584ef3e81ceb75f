// Runs the app as the start command does, in a process of its own, and hands back all that it prints.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';

interface Ready {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The words of the start command: `node --import ./src/guardrails/telemetry.ts src/main.ts`. */
export function startCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ');
}

// Whoever can sign in during the tests has to be known before the app reads its settings.
const identity = existsSync('test/identity-setup.ts') ? ['--import', './test/identity-setup.ts'] : [];

/** Starts the app with these environment variables added. */
export async function runApp(environment: Readonly<Record<string, string>>) {
  const child = fork(new URL('serve.ts', import.meta.url), {
    execArgv: [...identity, ...startCommand().slice(1, -1)],
    env: { ...process.env, LOG_LEVEL: 'info', ...environment },
    silent: true,
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  child.stderr?.on('data', (chunk) => (output += String(chunk)));
  const exited = once(child, 'exit');
  const failed = exited.then(() => Promise.reject(new Error(`the app did not start:\n${output}`)));
  const [{ url, headers }] = (await Promise.race([once(child, 'message'), failed])) as [Ready];

  return {
    headers,
    get: (path: string, more: Readonly<Record<string, string>> = {}): Promise<Response> =>
      fetch(`${url}${path}`, { headers: { ...headers, ...more } }),
    post: (path: string, body: unknown): Promise<Response> =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    output: (): string => output,
    /** The lines of the log. */
    logLines: (): Record<string, unknown>[] =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    /** Sends the rest and stops. */
    stop: async (): Promise<void> => {
      child.send('stop');
      await exited;
    },
  };
}
