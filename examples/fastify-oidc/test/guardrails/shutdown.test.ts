// Proves with real processes that a stop signal lets running requests finish and then ends the app with exit code 0.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';

const longest = { timeout: 30_000 };
const started: ChildProcess[] = [];

afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

test('a running request finishes, new ones are refused, other signal handlers run', longest, async () => {
  const program = start(['test/guardrails/slow-program.ts']);
  const [, port] = await program.says(/port (\d+)/);
  const running = fetch(`http://127.0.0.1:${port}`);
  await program.says(/request began/);
  program.child.kill('SIGTERM');
  await program.says(/own handler ran/);

  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  expect(await (await running).text()).toBe('finished');
  expect(await program.exit).toEqual([0, null]);
});

test(
  'the app itself starts with its start script, turns unready when told to stop, and exits with 0',
  longest,
  async () => {
    const app = start(startArguments(), { PORT: '0', HOST: '127.0.0.1', SHUTDOWN_NOTICE: '1', LOG_LEVEL: 'info' });
    const [, port] = await app.says(/Listening on \S+:(\d+)/);
    const url = `http://127.0.0.1:${port}`;
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), longest);
    app.child.kill('SIGTERM');
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(503), longest);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect(await app.exit).toEqual([0, null]);
  },
);

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const says = async (line: RegExp): Promise<RegExpExecArray> => {
    for (let found = line.exec(output); ; found = line.exec(output)) {
      if (found) return found;
      await setTimeout(10);
    }
  };
  return { child, says, exit: once(child, 'exit') };
}

/** What `npm start` gives to node. */
function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  expect(scripts.start).toMatch(/^node /);
  return scripts.start.split(' ').slice(1);
}
